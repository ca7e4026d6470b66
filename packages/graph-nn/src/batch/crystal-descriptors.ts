import type { CrystalGraph } from './crystal-graph';
import {
  coordinationRadii,
  occupanciesOf,
  type SiteEnvironments,
  siteEnvironments,
} from './site-environment';
import { momentNames, moments, quantile } from './statistics';

/** A few numbers of a crystal with their names; both lists have one length. */
interface DescriptorGroup {
  readonly names: readonly string[];
  values(graph: CrystalGraph, sites: SiteEnvironments): number[];
}

const siteQuantiles = [0.25, 0.5, 0.75];
const edgeQuantiles = [0.1, 0.25, 0.5, 0.75, 0.9];

function quantiles(values: ArrayLike<number>, at: readonly number[]): number[] {
  const ascending = Float64Array.from(values).sort();
  return at.map((q) => quantile(ascending, q));
}

const named = (what: string, statistics: readonly string[]): string[] =>
  statistics.map((s) => `${what}.${s}`);
const quantileNames = (at: readonly number[]): string[] => at.map((q) => `q${Math.round(100 * q)}`);

function ofSites(what: string, select: (sites: SiteEnvironments) => Float64Array): DescriptorGroup {
  return {
    names: named(what, momentNames),
    values: (graph, sites) => moments(select(sites), occupanciesOf(graph)),
  };
}

const nearestQuantiles: DescriptorGroup = {
  names: named('nearestDistance', quantileNames(siteQuantiles)),
  values: (_, sites) => quantiles(sites.nearestDistance, siteQuantiles),
};

const edges: DescriptorGroup = {
  names: named('edgeDistance', [...momentNames, ...quantileNames(edgeQuantiles)]),
  values: ({ edgeDistance }) => [...moments(edgeDistance), ...quantiles(edgeDistance, edgeQuantiles)],
};

const packing: DescriptorGroup = {
  names: [
    'logVolumePerAtom',
    'packing.local',
    'packing.hardSphere',
    'packing.distanceRatio',
    'packing.spacing',
  ],
  values: (graph, { nearestDistance }) => {
    const atoms = occupanciesOf(graph);
    const volumePerAtom = graph.volumeAngstrom3 / atoms.reduce((sum, share) => sum + share, 0);
    const [mean, , min, max] = moments(nearestDistance, atoms) as [number, number, number, number];
    const [meanCube] = moments(
      nearestDistance.map((d) => d ** 3),
      atoms,
    ) as [number];
    const sphere = Math.PI / 6 / volumePerAtom;
    return [
      Math.log(volumePerAtom),
      sphere * meanCube,
      sphere * min ** 3,
      min / max,
      mean / Math.cbrt(volumePerAtom),
    ];
  },
};

const groups: readonly DescriptorGroup[] = [
  ofSites('nearestDistance', (sites) => sites.nearestDistance),
  nearestQuantiles,
  ofSites('meanDistance', (sites) => sites.meanDistance),
  edges,
  ofSites('effectiveCoordination', (sites) => sites.effectiveCoordination),
  ...coordinationRadii.map((radius, r) =>
    ofSites(`coordination${radius}`, (sites) => sites.coordination[r]!),
  ),
  ofSites('likeFraction', (sites) => sites.likeFraction),
  packing,
];

/** Name of each number of {@link crystalDescriptors}, `<quantity>.<statistic>`; distances in Å, volume in Å³. */
export const crystalDescriptorNames: readonly string[] = groups.flatMap((group) => group.names);

/**
 * Geometry of a crystal in 45 numbers, the same for a primitive cell and its supercells.
 *
 * Over sites (mean, std, min, max): nearest distance (also quartiles), mean edge length, Hoppe's effective coordination,
 * smooth counts of neighbours within 1.1, 1.25 and 1.5 nearest distances, share of like neighbours. Over edges: moments and
 * quantiles of length. Of the cell: log volume per atom, and with v the volume per atom and d the nearest distance of a site
 * `packing.local` = π/6 · mean(d³) / v, `packing.hardSphere` = π/6 · min(d)³ / v, `packing.distanceRatio` = min d / max d,
 * `packing.spacing` = mean(d) / v^⅓. No number grows with the cell. Counts see only the edges of the graph: with
 * `neighbors: 12` they saturate at the shell that holds the twelfth neighbour.
 *
 * Where sites are shared or partly vacant, moments over sites and the volume per atom count a site by its occupancy; quantiles and
 * what is taken over edges are of positions, occupied or not.
 *
 * @returns float32, in the order of {@link crystalDescriptorNames}, unscaled: standardise over the training set.
 */
export function crystalDescriptors(graph: CrystalGraph): Float32Array {
  const sites = siteEnvironments(graph);
  return Float32Array.from(groups.flatMap((group) => group.values(graph, sites)));
}
