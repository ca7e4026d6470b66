import { buildCellList, type CellList, collectNeighbors, roundOffAngstrom } from './cell-list';
import { type Crystal, checkCrystal } from './crystal';
import { EdgeBuffer } from './edge-buffer';
import { GraphError } from './graph-error';
import { cellVolume } from './lattice';
import { type NeighborList, requireNeighbors, sortedNeighborList } from './neighbor-list';
import { checkCutoff, checkPositiveInteger, defaultMaximumEdges } from './neighbors-within';
import { countInWholeShells, type ShellRule } from './shells';

/** Options of {@link nearestNeighbors}. */
export interface NearestNeighborsOptions {
  /** No shell that starts beyond this radius, Å; default none. */
  readonly cutoffAngstrom?: number;
  /** Add the reverse of every edge, so that (i, j, n) is present exactly when (j, i, −n) is; default true. */
  readonly symmetric?: boolean;
  /** Distances that follow each other within this gap are one shell, Å; default 0.01. */
  readonly shellToleranceAngstrom?: number;
  /** Refuse to make more edges than this, counted before duplicates of the union are removed; default 4,000,000. */
  readonly maximumEdges?: number;
}

/**
 * Default gap within a shell, the length below which symmetry finders usually call two sites equivalent: above what
 * rounding in files and relaxation noise leave between equal bonds (1e-4 to 1e-3 Å), below the 0.06 Å that lie on
 * average between neighbouring distances at 5 Å in a disordered solid.
 */
const defaultShellToleranceAngstrom = 0.01;

/** A first radius that usually holds k neighbours: from the density, and never above that of a loose solid (0.02 atoms/Å³). */
function firstRadius(k: number, atomsPerCubicAngstrom: number): number {
  const density = Math.max(atomsPerCubicAngstrom, 0.02);
  return 1.2 * Math.cbrt((3 * (k + 1)) / (4 * Math.PI * density));
}

const radiusGrowth = 1.3;

/** Appends the whole shells of one site to `edges`; `found` is scratch. */
function appendShells(
  cells: CellList,
  site: number,
  startRadius: number,
  rule: ShellRule,
  found: EdgeBuffer,
  edges: EdgeBuffer,
): void {
  for (let radius = startRadius; ; radius *= radiusGrowth) {
    found.length = 0;
    collectNeighbors(cells, site, radius, found);
    const { distance, source, image } = found;
    const order = Int32Array.from({ length: found.length }, (_, e) => e).sort(
      (a, b) => distance[a]! - distance[b]!,
    );
    const count = countInWholeShells(
      Float64Array.from(order, (e) => distance[e]!),
      radius,
      rule,
    );
    if (count < 0) continue;
    for (const e of order.subarray(0, count)) {
      edges.push(site, source[e]!, image[3 * e]!, image[3 * e + 1]!, image[3 * e + 2]!, distance[e]!);
    }
    return;
  }
}

/** Appends (target ← source, n) reversed: (source ← target, −n). */
function appendReversed(edges: EdgeBuffer): void {
  const count = edges.length;
  for (let e = 0; e < count; e++) {
    edges.push(
      edges.source[e]!,
      edges.target[e]!,
      -edges.image[3 * e]!,
      -edges.image[3 * e + 1]!,
      -edges.image[3 * e + 2]!,
      edges.distance[e]!,
    );
  }
}

/**
 * The k nearest neighbours of every site, with whole shells: of equally distant neighbours either all are kept or none.
 *
 * So each site gets at least k neighbours (fewer only where the cutoff ends the search), and a primitive cell and its
 * supercells give the same edges. Shells are runs of sorted distances with gaps of at most `shellToleranceAngstrom`.
 *
 * @param k - neighbours wanted for each site, ≥ 1; images of the site itself count.
 * @returns edges sorted by (target, distance, source, image).
 * @throws {@link GraphError} what {@link checkCrystal} throws; INVALID_OPTION; ISOLATED_SITE (nothing within the cutoff);
 * OVERLAPPING_SITES (two atoms within 0.01 Å); TOO_MANY_NEIGHBORS.
 *
 * @example
 * ```ts
 * const iron = { latticeAngstrom: [2.87, 0, 0, 0, 2.87, 0, 0, 0, 2.87], fracCoords: [0, 0, 0, 0.5, 0.5, 0.5], atomicNumbers: [26, 26] };
 * nearestNeighbors(iron, 8).targetOffsets; // [0, 8, 16]
 * nearestNeighbors(iron, 9).targetOffsets; // [0, 14, 28]: the second shell of 6 comes whole
 * ```
 */
export function nearestNeighbors(
  crystal: Crystal,
  k: number,
  options: NearestNeighborsOptions = {},
): NeighborList {
  const op = 'nearestNeighbors';
  const cutoffAngstrom = options.cutoffAngstrom;
  const tolerance = options.shellToleranceAngstrom ?? defaultShellToleranceAngstrom;
  const maximumEdges = options.maximumEdges ?? defaultMaximumEdges;
  const checked = checkCrystal(op, crystal);
  checkPositiveInteger(op, 'k', k);
  checkPositiveInteger(op, 'maximumEdges', maximumEdges);
  if (cutoffAngstrom !== undefined) checkCutoff(op, cutoffAngstrom);
  if (!(tolerance >= 1e-6 && tolerance <= 0.5)) {
    throw new GraphError(
      'INVALID_OPTION',
      `${op}: shellToleranceAngstrom must lie in [1e-6, 0.5], got ${tolerance}. 0.01 suits most structures.`,
    );
  }
  const rule: ShellRule = {
    neighbors: k,
    cutoff: (cutoffAngstrom ?? Number.POSITIVE_INFINITY) + roundOffAngstrom,
    tolerance: tolerance + roundOffAngstrom,
  };
  const density = checked.siteCount / cellVolume(checked.lattice);
  const enough = rule.cutoff + 2 * rule.tolerance;
  const startRadius = Math.min(firstRadius(k, density), enough);
  const cells = buildCellList(checked, startRadius);
  const edges = new EdgeBuffer(op, maximumEdges);
  const found = new EdgeBuffer(op, maximumEdges);
  for (let i = 0; i < checked.siteCount; i++) appendShells(cells, i, startRadius, rule, found, edges);
  if (options.symmetric ?? true) appendReversed(edges);
  const list = sortedNeighborList(edges, checked.siteCount);
  if (cutoffAngstrom !== undefined) requireNeighbors(op, list, cutoffAngstrom);
  return list;
}
