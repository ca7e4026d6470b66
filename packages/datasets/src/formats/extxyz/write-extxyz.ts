import { elementOf } from '../../elements/element';
import { requireOrdered } from '../../structure/require-ordered';
import type { Structure } from '../../structure/structure';

/**
 * One frame of extended XYZ: Cartesian positions in Å, every number to the last bit.
 *
 * @throws StructureError where a site is disordered
 * @example
 * ```ts no-run
 * await writeFile('all.xyz', structures.map((structure) => writeExtxyz(structure)).join(''));
 * ```
 */
export function writeExtxyz(structure: Structure): string {
  requireOrdered(structure, 'writeExtxyz');
  const { latticeAngstrom: l, fracCoords: f, atomicNumbers } = structure;
  const lines = Array.from(atomicNumbers, (z, site) => {
    const [u, v, w] = [f[3 * site]!, f[3 * site + 1]!, f[3 * site + 2]!];
    const position = [0, 1, 2].map((k) => u * l[k]! + v * l[3 + k]! + w * l[6 + k]!);
    return `${elementOf(z)!.symbol} ${position.join(' ')}\n`;
  });
  const head = `Lattice="${l.join(' ')}" Properties=species:S:1:pos:R:3 pbc="T T T"`;
  return `${atomicNumbers.length}\n${head}\n${lines.join('')}`;
}
