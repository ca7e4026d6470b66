import { type CoordinationShape, coordinationShape } from './coordination-shape';
import type { Neighbour } from './neighbours';
import type { SiteContents } from './site-contents';

/** Neighbours of one sort around a site. */
export interface NeighbourGroup {
  readonly contents: SiteContents;
  /** Rising, in Å. */
  readonly distancesAngstrom: readonly number[];
}

/** Sites that hold the same and look around at the same. */
export interface SiteEnvironment {
  readonly contents: SiteContents;
  readonly sites: readonly number[];
  readonly coordination: number;
  /** By symbol. */
  readonly groups: readonly NeighbourGroup[];
  readonly shape: CoordinationShape | null;
  readonly distorted: boolean;
  /** Whether only formers of anions stand around it, and it is none: the centre of a polyhedron. */
  readonly isCentre: boolean;
}

/** Distances that differ by less are the same. */
const SAME_ANGSTROM = 0.01;

/** Sites sorted into environments, in an order that does not depend on the cell: contents, then coordination and distances. */
export function siteEnvironments(
  contents: readonly SiteContents[],
  bonds: readonly (readonly Neighbour[])[],
): SiteEnvironment[] {
  const found: (Omit<SiteEnvironment, 'sites'> & { sites: number[] })[] = [];
  for (const [site, own] of contents.entries()) {
    const environment = environmentOf(own, bonds[site]!, contents);
    const like = found.find((known) => isLike(known, environment));
    if (like === undefined) found.push({ ...environment, sites: [site] });
    else like.sites.push(site);
  }
  return found.sort(
    (p, q) =>
      Number(p.contents.key > q.contents.key) - Number(p.contents.key < q.contents.key) ||
      q.sites.length - p.sites.length ||
      q.coordination - p.coordination ||
      meanDistance(p) - meanDistance(q),
  );
}

function environmentOf(
  own: SiteContents,
  neighbours: readonly Neighbour[],
  contents: readonly SiteContents[],
): Omit<SiteEnvironment, 'sites'> {
  const byKey = new Map<string, number[]>();
  for (const { site, distanceAngstrom } of neighbours) {
    const { key } = contents[site]!;
    byKey.set(key, [...(byKey.get(key) ?? []), distanceAngstrom]);
  }
  const groups = [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, distances]) => ({
      contents: contents.find((each) => each.key === key)!,
      distancesAngstrom: distances.sort((a, b) => a - b),
    }));
  const shape = coordinationShape(neighbours.map(({ vectorAngstrom }) => vectorAngstrom));
  return {
    contents: own,
    coordination: neighbours.length,
    groups,
    shape: shape?.shape ?? null,
    distorted: shape?.distorted ?? false,
    isCentre: !own.isAnionFormer && groups.every(({ contents: { isAnionFormer } }) => isAnionFormer),
  };
}

function isLike(p: Omit<SiteEnvironment, 'sites'>, q: Omit<SiteEnvironment, 'sites'>): boolean {
  return (
    p.contents.key === q.contents.key &&
    p.shape === q.shape &&
    p.distorted === q.distorted &&
    p.groups.length === q.groups.length &&
    p.groups.every(({ contents, distancesAngstrom: distances }, i) => {
      const other = q.groups[i]!;
      return (
        contents.key === other.contents.key &&
        distances.length === other.distancesAngstrom.length &&
        distances.every((distance, k) => Math.abs(distance - other.distancesAngstrom[k]!) < SAME_ANGSTROM)
      );
    })
  );
}

function meanDistance({ groups, coordination }: Omit<SiteEnvironment, 'sites'>): number {
  return (
    groups.flatMap(({ distancesAngstrom }) => distancesAngstrom).reduce((sum, d) => sum + d, 0) / coordination
  );
}
