import type { Crystal } from '../graph/crystal';
import { checkCrystal } from '../graph/crystal';
import { GraphError } from '../graph/graph-error';
import { cellVolume } from '../graph/lattice';
import { nearestNeighbors } from '../graph/nearest-neighbors';
import { type NeighborList, requireNeighbors } from '../graph/neighbor-list';
import { neighborsWithin } from '../graph/neighbors-within';
import type { CheckedOccupations } from '../graph/site-occupations';
import { type SiteFeatureOptions, siteFeatures } from '../site-features/site-features';

/**
 * One crystal as a graph, in the few arrays a network needs: about 8 bytes an edge and 5 a site, so a data set fits in memory.
 *
 * Edges are sorted by receiving site. `structuredClone` and any binary store keep it as it is.
 */
export interface CrystalGraph {
  /** Volume of the cell, Å³. */
  readonly volumeAngstrom3: number;
  /** n atomic numbers; of one of the species where a site holds several. */
  readonly atomicNumbers: Uint8Array;
  /** Species of each site, each once, by atomic number; only where the crystal is disordered. */
  readonly occupations?: CheckedOccupations;
  /** E; the site whose image sends. */
  readonly edgeSource: Int32Array;
  /** E; length, Å. */
  readonly edgeDistance: Float32Array;
  /** n + 1; the edges into site i are targetOffsets[i] … targetOffsets[i + 1] − 1. */
  readonly targetOffsets: Int32Array;
  /** `[n, F]`: what the neighbours of each site look like with their angles; only where `siteFeatures` asked for it. */
  readonly siteFeatures?: Float32Array;
}

/** Options of {@link crystalGraph}. */
export interface CrystalGraphOptions {
  /** Nearest neighbours of each site, whole shells; `'all'` takes every one within the cutoff, 0 none: no edges. Default 12. */
  readonly neighbors?: number | 'all';
  /** No neighbour beyond this, Å; default 8. */
  readonly cutoffAngstrom?: number;
  /** Add the reverse of every edge; default true (with `'all'` both directions are there anyway). */
  readonly symmetric?: boolean;
  /** Distances that follow each other within this gap are one shell, Å; default 0.01. */
  readonly shellToleranceAngstrom?: number;
  /** Refuse to return more edges than this; default 4,000,000. */
  readonly maximumEdges?: number;
  /** Adds features of every site from the angles between its neighbours, see `siteFeatures`; `{}` for its defaults. Default none. */
  readonly siteFeatures?: SiteFeatureOptions;
}

type GraphEdges = Pick<NeighborList, 'source' | 'distanceAngstrom' | 'targetOffsets'>;

function edgesOf(crystal: Crystal, options: Omit<CrystalGraphOptions, 'siteFeatures'>): GraphEdges {
  const { neighbors = 12, cutoffAngstrom = 8, ...rest } = options;
  if (neighbors === 0) return withoutEdges(crystal.atomicNumbers.length);
  if (neighbors !== 'all') return nearestNeighbors(crystal, neighbors, { ...rest, cutoffAngstrom });
  if (options.symmetric === false) {
    throw new GraphError(
      'INVALID_OPTION',
      "crystalGraph: symmetric must be true with neighbors 'all', got false. Every neighbour within a cutoff has this site within its own.",
    );
  }
  const list = neighborsWithin(crystal, cutoffAngstrom, rest);
  requireNeighbors('crystalGraph', list, cutoffAngstrom);
  return list;
}

function withoutEdges(sites: number): GraphEdges {
  return {
    source: new Int32Array(0),
    distanceAngstrom: new Float64Array(0),
    targetOffsets: new Int32Array(sites + 1),
  };
}

/**
 * The periodic graph of a crystal: sites are nodes, an edge goes from each neighbour (or image of one) to the site.
 *
 * A primitive cell and its supercells give every copy of a site the same edges. Where the crystal is disordered, a site is a node
 * whatever its occupancy, and the graph says what shares it; an ordered crystal written as occupancies of 1 gives the graph it
 * gives without.
 *
 * @throws {@link GraphError} for a bad crystal or option, two atoms on one site, a site without neighbour (ISOLATED_SITE).
 *
 * @example
 * ```ts
 * const graph = crystalGraph(structure, { neighbors: 12, cutoffAngstrom: 8 });
 * const batch = batchGraphs([graph, otherGraph]);
 * ```
 */
export function crystalGraph(
  crystal: Crystal,
  { siteFeatures: angles, ...options }: CrystalGraphOptions = {},
): CrystalGraph {
  const list = edgesOf(crystal, options);
  const { maximumEdges } = options;
  const { lattice, atomicNumbers, occupations } = checkCrystal('crystalGraph', crystal);
  return {
    volumeAngstrom3: cellVolume(lattice),
    atomicNumbers,
    ...(occupations ? { occupations } : {}),
    edgeSource: list.source,
    edgeDistance: Float32Array.from(list.distanceAngstrom),
    targetOffsets: list.targetOffsets,
    ...(angles
      ? { siteFeatures: siteFeatures(crystal, angles, maximumEdges === undefined ? {} : { maximumEdges }) }
      : {}),
  };
}
