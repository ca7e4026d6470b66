import { elementOf } from '../../elements/element';
import { requireOrdered } from '../../structure/require-ordered';
import type { Structure } from '../../structure/structure';

/**
 * POSCAR (VASP 5) with direct coordinates, every number to the last bit; sites of one element that follow each other share a count.
 *
 * @param comment first line; line ends in it become blanks
 * @throws StructureError where a site is disordered
 * @example
 * ```ts no-run
 * await writeFile('POSCAR', writePoscar(structure, 'CsPbI3'));
 * ```
 */
export function writePoscar(structure: Structure, comment = ''): string {
  requireOrdered(structure, 'writePoscar');
  const { latticeAngstrom, fracCoords, atomicNumbers } = structure;
  const symbols: string[] = [];
  const counts: number[] = [];
  atomicNumbers.forEach((z, site) => {
    if (site === 0 || atomicNumbers[site - 1] !== z) {
      symbols.push(elementOf(z)!.symbol);
      counts.push(0);
    }
    counts[counts.length - 1]!++;
  });
  const rows = (values: Float64Array): string[] =>
    Array.from({ length: values.length / 3 }, (_, row) => values.slice(3 * row, 3 * row + 3).join(' '));
  return [
    comment.replaceAll(/[\r\n]+/g, ' '),
    '1.0',
    ...rows(latticeAngstrom),
    symbols.join(' '),
    counts.join(' '),
    'Direct',
    ...rows(fracCoords),
    '',
  ].join('\n');
}
