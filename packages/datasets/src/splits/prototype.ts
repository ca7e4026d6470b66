import { composition, reducedEntries } from '../structure/composition';
import { siteKinds } from '../structure/site-kinds';
import type { Structure } from '../structure/structure';
import { findSymmetry, type SymmetryOptions } from '../symmetry/find-symmetry';

/**
 * The structure type of a crystal, whatever its elements and its size: `AB_225_4-m-3m;4-m-3m` for rock salt.
 *
 * Anonymous formula, space-group number, then for each element (each mixture, on shared sites) the orbits it occupies as their number of sites in the conventional cell
 * and their site symmetry. Wyckoff letters are left out: they change with the choice of origin. Free parameters do not count, so types
 * that differ only in them share a name.
 *
 * @param options tolerance; 0.1 Å by default, so that relaxed structures keep their symmetry
 * @throws SymmetryError
 */
export async function prototypeOf(structure: Structure, options: SymmetryOptions = {}): Promise<string> {
  const { number, conventional, equivalentSites, siteSymmetries } = await findSymmetry(structure, {
    symprec: 0.1,
    ...options,
  });
  const { kinds } = siteKinds(structure);
  const repeats = conventional.atomicNumbers.length / kinds.length;
  const sizes = new Map<number, number>();
  for (const first of equivalentSites) sizes.set(first, (sizes.get(first) ?? 0) + 1);
  const orbits = new Map<number, string[]>();
  for (const [first, size] of sizes) {
    const symmetry = siteSymmetries[first]!.replaceAll('.', '') || '1';
    const kind = kinds[first]!;
    orbits.set(kind, [...(orbits.get(kind) ?? []), `${Math.round(size * repeats)}${symmetry}`]);
  }
  const places = [...orbits.values()].map((of) => of.sort().join('+')).sort();
  return `${anonymousFormula(structure)}_${number}_${places.join(';')}`;
}

/** Reduced formula with letters for elements, by rising count: `ABC3` for perovskite. */
function anonymousFormula(structure: Structure): string {
  const { entries, divisor } = reducedEntries(composition(structure));
  const counts = entries.map(([, count]) => count / divisor).sort((a, b) => a - b);
  return counts.map((count, place) => letter(place) + (count === 1 ? '' : Number(count.toFixed(4)))).join('');
}

/** A … Z, then AA …: 118 elements have room. */
function letter(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : letter(Math.floor(place / 26) - 1) + last;
}
