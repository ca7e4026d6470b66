import { createStructure } from './create-structure';
import { speciesInput } from './occupations';
import type { Structure } from './structure';
import { StructureError } from './structure-error';

const MAX_CELLS = 10_000;
/** Lattice points looked through to find those inside the new cell. */
const MAX_SEARCHED = 1_000_000;

/**
 * The same crystal in a larger cell with lattice rows L' = P L, P an integer matrix with det P ≠ 0.
 *
 * @param repeats three repeats along a, b, c, or P as nine integers row by row
 * @returns a structure of |det P| · n atoms, images of one atom next to each other
 * @throws StructureError `INVALID_SUPERCELL`
 * @example
 * ```ts
 * supercell(silicon, [2, 2, 2]);
 * supercell(silicon, [-1, 1, 1, 1, -1, 1, 1, 1, -1]); // conventional cell of an fcc primitive one
 * ```
 */
export function supercell(structure: Structure, repeats: readonly number[]): Structure {
  const p = repeats.length === 3 ? [repeats[0]!, 0, 0, 0, repeats[1]!, 0, 0, 0, repeats[2]!] : [...repeats];
  const determinant = p.length === 9 && p.every(Number.isSafeInteger) ? determinant3(p) : 0;
  const cells = Math.abs(determinant);
  const box = searchBox(p);
  if (cells === 0 || cells > MAX_CELLS || box.points > MAX_SEARCHED) {
    throw new StructureError(
      'INVALID_SUPERCELL',
      `supercell: 3 integers or a 3x3 integer matrix with 1 <= |det| <= ${MAX_CELLS} and small entries expected, got [${repeats.join(', ')}]. Choose another matrix.`,
    );
  }
  const { latticeAngstrom: l, fracCoords: f, atomicNumbers, occupations } = structure;
  const lattice = p.map((_, k) => {
    const [i, j] = [Math.floor(k / 3), k % 3];
    return p[3 * i]! * l[j]! + p[3 * i + 1]! * l[3 + j]! + p[3 * i + 2]! * l[6 + j]!;
  });
  const adj = adjugate3(p);
  const shifts = cosetTranslations(box, adj, determinant);
  const fracCoords: number[] = [];
  const sources: number[] = [];
  for (let site = 0; site < atomicNumbers.length; site++) {
    for (const [u, v, w] of shifts) {
      const x = [f[3 * site]! + u, f[3 * site + 1]! + v, f[3 * site + 2]! + w] as const;
      for (let j = 0; j < 3; j++) {
        fracCoords.push((x[0] * adj[j]! + x[1] * adj[3 + j]! + x[2] * adj[6 + j]!) / determinant);
      }
      sources.push(site);
    }
  }
  const cell = { latticeAngstrom: lattice, fracCoords };
  if (occupations === null)
    return createStructure({ ...cell, atomicNumbers: sources.map((site) => atomicNumbers[site]!) });
  const species = Array.from(atomicNumbers, (_, site) => speciesInput(structure, site));
  return createStructure({ ...cell, species: sources.map((site) => species[site]!) });
}

/** Integer box that holds every corner of the new cell, in units of the old lattice vectors. */
function searchBox(p: readonly number[]): { low: number[]; high: number[]; points: number } {
  const columns = [0, 1, 2].map((j) => [p[j]!, p[3 + j]!, p[6 + j]!]);
  const low = columns.map((column) => column.reduce((sum, entry) => sum + Math.min(0, entry), 0));
  const high = columns.map((column) => column.reduce((sum, entry) => sum + Math.max(0, entry), 0));
  return { low, high, points: low.reduce((product, from, j) => product * (high[j]! - from + 1), 1) };
}

/** One integer translation of the small lattice for each of the |det P| cells inside the large one. */
function cosetTranslations(
  { low, high }: { low: readonly number[]; high: readonly number[] },
  adj: readonly number[],
  determinant: number,
): [number, number, number][] {
  const inside = (t: readonly number[]): boolean =>
    [0, 1, 2].every((j) => {
      const scaled = Math.sign(determinant) * (t[0]! * adj[j]! + t[1]! * adj[3 + j]! + t[2]! * adj[6 + j]!);
      return scaled >= 0 && scaled < Math.abs(determinant);
    });
  const found: [number, number, number][] = [];
  for (let u = low[0]!; u <= high[0]!; u++) {
    for (let v = low[1]!; v <= high[1]!; v++) {
      for (let w = low[2]!; w <= high[2]!; w++) if (inside([u, v, w])) found.push([u, v, w]);
    }
  }
  return found;
}

function determinant3(m: readonly number[]): number {
  const adj = adjugate3(m);
  return m[0]! * adj[0]! + m[1]! * adj[3]! + m[2]! * adj[6]!;
}

/** adj(M) with M⁻¹ = adj(M) / det(M): integer for integer M, so images are placed exactly. */
function adjugate3(m: readonly number[]): number[] {
  const [a, b, c, d, e, f, g, h, i] = m as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}
