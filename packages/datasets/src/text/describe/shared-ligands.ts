import type { Neighbour } from './neighbours';
import type { SiteEnvironment } from './site-environments';

/** How polyhedra of two sorts touch. */
export interface PolyhedraContact {
  /** `TiO6 octahedra`, in order of the alphabet. */
  readonly of: string;
  readonly and: string;
  /** `corners`, `edges`, `faces`. */
  readonly share: readonly string[];
}

const SHARED = ['corners', 'edges', 'faces'];

/** Which corners, edges and faces the named polyhedra of a crystal share: 1, 2, or 3 and more common ligands of two centres. */
export function polyhedraContacts(
  environments: readonly SiteEnvironment[],
  bonds: readonly (readonly Neighbour[])[],
): PolyhedraContact[] {
  const nameOf = new Map<number, string>();
  for (const environment of environments) {
    const name = polyhedraName(environment);
    if (name !== null) for (const site of environment.sites) nameOf.set(site, name);
  }
  const contacts = new Map<string, Set<number>>();
  for (const [centre, name] of nameOf) {
    for (const [other, ligands] of commonLigands(centre, bonds, nameOf)) {
      const pair = [name, nameOf.get(other.site)!].sort().join('|');
      const kinds = contacts.get(pair) ?? new Set();
      kinds.add(Math.min(ligands, 3) - 1);
      contacts.set(pair, kinds);
    }
  }
  return [...contacts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pair, kinds]) => {
      const [of, and] = pair.split('|') as [string, string];
      return { of, and, share: [...kinds].sort().map((kind) => SHARED[kind]!) };
    });
}

/** `FeO6 octahedra`; null where the neighbours span no named body, or are no anions. */
function polyhedraName({ contents, groups, shape, isCentre }: SiteEnvironment): string | null {
  if (!isCentre || shape === null || shape.body === null) return null;
  const ligands = groups.map(({ contents: { symbol }, distancesAngstrom: { length } }) =>
    length === 1 ? symbol : `${symbol}${length}`,
  );
  return `${contents.symbol}${ligands.join('')} ${shape.body}`;
}

/** Other centres around one, each image by itself, with the number of ligands that they have in common. */
function commonLigands(
  centre: number,
  bonds: readonly (readonly Neighbour[])[],
  nameOf: ReadonlyMap<number, string>,
): Map<{ site: number }, number> {
  const seen = new Map<string, { site: number }>();
  const counts = new Map<{ site: number }, number>();
  for (const { site: ligand, image: there } of bonds[centre]!) {
    for (const { site, image } of bonds[ligand]!) {
      const cell = [there[0] + image[0], there[1] + image[1], there[2] + image[2]];
      const isItself = site === centre && cell.every((step) => step === 0);
      if (isItself || !nameOf.has(site)) continue;
      const key = `${site} ${cell.join(' ')}`;
      const other = seen.get(key) ?? { site };
      seen.set(key, other);
      counts.set(other, (counts.get(other) ?? 0) + 1);
    }
  }
  return counts;
}
