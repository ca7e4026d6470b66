import type { CheckedCrystal } from './crystal';
import type { EdgeBuffer } from './edge-buffer';
import { GraphError } from './graph-error';
import { type Matrix3, planeSpacings } from './lattice';
import { reduceLattice } from './lattice-reduction';

/** Two sites (or a site and its own image) nearer than this, in Å, are one atom written twice, not a bond. */
const overlapAngstrom = 0.01;

/**
 * Added to every threshold on a distance, Å: a neighbour that lies exactly at the cutoff must not come and go with the last
 * bit of a rotation. Round-off in a cell of 10,000 Å is about 1e-11 Å.
 */
export const roundOffAngstrom = 1e-8;

/** Sites sorted into bins of a periodic grid along the axes of the reduced cell. */
export interface CellList {
  readonly lattice: Matrix3;
  /** Image of the reduced cell → image of the input cell. */
  readonly transform: Matrix3;
  /** 3n, wrapped into [0, 1] of the reduced cell (1 when a tiny negative number was wrapped). */
  readonly frac: Float64Array;
  /** 3n, whole cells (of the input) removed by the wrapping. */
  readonly shift: Int32Array;
  readonly spacings: readonly [number, number, number];
  readonly bins: readonly [number, number, number];
  /** bins + 1 offsets into `binSites`. */
  readonly binOffsets: Int32Array;
  readonly binSites: Int32Array;
}

function binOf(frac: number, bins: number): number {
  return Math.min(bins - 1, Math.floor(frac * bins));
}

/** Σ_r row[r] · m[r, column]. */
function timesColumn(x: number, y: number, z: number, m: Matrix3, column: number): number {
  return x * m[column]! + y * m[3 + column]! + z * m[6 + column]!;
}

/**
 * Sorts the sites of a crystal into bins about half a `radiusAngstrom` thick, never more bins than sites.
 *
 * In a small cell every axis has one bin and the search over bins becomes the plain sum over images.
 */
export function buildCellList(crystal: CheckedCrystal, radiusAngstrom: number): CellList {
  const { siteCount, fracCoords } = crystal;
  const { lattice, transform, inverse } = reduceLattice(crystal.lattice);
  const spacings = planeSpacings(lattice);
  const [ha, hb, hc] = spacings;
  // ha·hb·hc ≤ V, so bins no thinner than (ha·hb·hc / n)^⅓ are at most n in number.
  const width = Math.max(radiusAngstrom / 2, Math.cbrt((ha * hb * hc) / siteCount));
  const binCount = (spacing: number): number => Math.max(1, Math.floor(spacing / width + 1e-9));
  const bins: [number, number, number] = [binCount(ha), binCount(hb), binCount(hc)];

  const frac = new Float64Array(3 * siteCount);
  const shift = new Int32Array(3 * siteCount);
  const siteBin = new Int32Array(siteCount);
  const binOffsets = new Int32Array(bins[0] * bins[1] * bins[2] + 1);
  for (let i = 0; i < siteCount; i++) {
    const given = fracCoords.subarray(3 * i, 3 * i + 3);
    // Wrapped in the input cell first: whole cells are exact there, whatever the transform multiplies.
    const [x, y, z] = given.map((f) => f - Math.floor(f));
    const whole = [0, 0, 0];
    for (let c = 0; c < 3; c++) {
      const f = timesColumn(x!, y!, z!, inverse, c);
      whole[c] = Math.floor(f);
      frac[3 * i + c] = f - whole[c]!;
    }
    for (let c = 0; c < 3; c++) {
      shift[3 * i + c] = Math.floor(given[c]!) + timesColumn(whole[0]!, whole[1]!, whole[2]!, transform, c);
    }
    const bin =
      (binOf(frac[3 * i]!, bins[0]) * bins[1] + binOf(frac[3 * i + 1]!, bins[1])) * bins[2] +
      binOf(frac[3 * i + 2]!, bins[2]);
    siteBin[i] = bin;
    binOffsets[bin + 1]!++;
  }
  for (let b = 1; b < binOffsets.length; b++) binOffsets[b]! += binOffsets[b - 1]!;
  const cursor = binOffsets.slice();
  const binSites = new Int32Array(siteCount);
  for (let i = 0; i < siteCount; i++) binSites[cursor[siteBin[i]!]!++] = i;
  return { lattice, transform, frac, shift, spacings, bins, binOffsets, binSites };
}

/**
 * Appends every (target, source, image) with 0 < |r_source + image · L − r_target| ≤ radius (+ 1e-8 Å) for one target.
 *
 * The difference (f_source − f_target) + n is exact under a change of sign, so (i, j, n) and (j, i, −n) get the same
 * distance to the last bit.
 *
 * @throws {@link GraphError} OVERLAPPING_SITES when another atom lies within 0.01 Å; TOO_MANY_NEIGHBORS from the buffer.
 */
export function collectNeighbors(cells: CellList, target: number, radius: number, edges: EdgeBuffer): void {
  const { lattice, transform, frac, shift, spacings, bins, binOffsets, binSites } = cells;
  const [fx, fy, fz] = [frac[3 * target]!, frac[3 * target + 1]!, frac[3 * target + 2]!];
  const reach = radius + roundOffAngstrom;
  const limit = reach * reach;
  const overlap = overlapAngstrom * overlapAngstrom;
  const range = (axis: 0 | 1 | 2): number => Math.ceil((reach * bins[axis]) / spacings[axis] + 1e-9);
  const [ma, mb, mc] = [range(0), range(1), range(2)];
  const [a0, b0, c0] = [binOf(fx, bins[0]), binOf(fy, bins[1]), binOf(fz, bins[2])];
  for (let a = a0 - ma; a <= a0 + ma; a++) {
    const na = Math.floor(a / bins[0]);
    for (let b = b0 - mb; b <= b0 + mb; b++) {
      const nb = Math.floor(b / bins[1]);
      const row = ((a - na * bins[0]) * bins[1] + (b - nb * bins[1])) * bins[2];
      for (let c = c0 - mc; c <= c0 + mc; c++) {
        const nc = Math.floor(c / bins[2]);
        const bin = row + (c - nc * bins[2]);
        for (let p = binOffsets[bin]!; p < binOffsets[bin + 1]!; p++) {
          const j = binSites[p]!;
          const u = frac[3 * j]! - fx + na;
          const v = frac[3 * j + 1]! - fy + nb;
          const w = frac[3 * j + 2]! - fz + nc;
          const x = u * lattice[0]! + v * lattice[3]! + w * lattice[6]!;
          const y = u * lattice[1]! + v * lattice[4]! + w * lattice[7]!;
          const z = u * lattice[2]! + v * lattice[5]! + w * lattice[8]!;
          const squared = x * x + y * y + z * z;
          if (squared > limit) continue;
          if (squared < overlap) {
            if (j === target && na === 0 && nb === 0 && nc === 0) continue;
            throw overlapping(edges.op, target, j, Math.sqrt(squared));
          }
          edges.push(
            target,
            j,
            timesColumn(na, nb, nc, transform, 0) - shift[3 * j]! + shift[3 * target]!,
            timesColumn(na, nb, nc, transform, 1) - shift[3 * j + 1]! + shift[3 * target + 1]!,
            timesColumn(na, nb, nc, transform, 2) - shift[3 * j + 2]! + shift[3 * target + 2]!,
            Math.sqrt(squared),
          );
        }
      }
    }
  }
}

function overlapping(op: string, target: number, source: number, distance: number): GraphError {
  const what = target === source ? `site ${target} and its own image` : `sites ${target} and ${source}`;
  return new GraphError(
    'OVERLAPPING_SITES',
    `${op}: two atoms must be at least ${overlapAngstrom} Å apart, got ${what} at ${distance.toPrecision(3)} Å. Remove the duplicate, or choose one element where a site is shared.`,
  );
}
