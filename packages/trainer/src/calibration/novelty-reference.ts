import { ELEMENTS } from '@bravais/datasets';
import { distancesAmong, neighborDistances } from '../uncertainty';

/** Training crystals that a model keeps, to tell crystals that are unlike them. */
export interface NoveltyReference {
  /** `[m, D]` embeddings, of length 1. */
  readonly rows: Float32Array;
  /** D */
  readonly dim: number;
  /** `[101]` percentiles 0 … 100 of the distance of each of them to its nearest others. */
  readonly percentiles: Float32Array;
  /** `[118]` training crystals that hold each element, by atomic number. */
  readonly elements: Int32Array;
}

/** How far a crystal is from what a model was trained on. */
export interface Novelty {
  /** Mean of 1 - cos to its nearest training crystals. */
  readonly distance: number;
  /** Percent of training crystals that are nearer to their own neighbours. */
  readonly percentile: number;
  /** Symbols of elements that no training crystal holds. */
  readonly unseenElements: readonly string[];
  /** Whether the percentile is above {@link FLAGGED_PERCENTILE}, or an element was never seen. */
  readonly flagged: boolean;
}

/** One in twenty training crystals would be flagged. */
export const FLAGGED_PERCENTILE = 95;

/** Embeddings that a model keeps; at 128 dimensions half a megabyte. */
export const MOST_REFERENCES = 2048;

/**
 * Percentiles of d_i, the mean of 1 - cos to the ten nearest other rows: what `noveltyOf` compares by.
 *
 * @param rows `[m, dim]` embeddings of training crystals, two at least
 * @param elements `[118]` training crystals that hold each element
 */
export function fitNovelty(rows: Float32Array, dim: number, elements: Int32Array): NoveltyReference {
  const sorted = distancesAmong(rows, dim).sort();
  const percentiles = Float32Array.from({ length: 101 }, (_, percent) => {
    const at = (percent / 100) * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
  });
  return { rows: unitRows(rows, dim), dim, percentiles, elements };
}

/**
 * Novelty of embeddings: k-nearest-neighbour distance in the embedding (Sun et al., ICML 2022) as a percentile among training crystals.
 *
 * @param rows `[n, dim]`
 * @param elements atomic numbers in each crystal
 */
export function noveltyOf(
  reference: NoveltyReference,
  rows: Float32Array,
  elements: readonly (readonly number[])[],
): Novelty[] {
  const distances = neighborDistances(rows, reference.rows, reference.dim);
  return elements.map((numbers, row) => {
    const percentile = percentileOf(reference.percentiles, distances[row]!);
    const unseen = numbers.filter((number) => reference.elements[number - 1] === 0);
    return {
      distance: distances[row]!,
      percentile,
      unseenElements: unseen.map((number) => ELEMENTS[number - 1]!.symbol),
      flagged: percentile > FLAGGED_PERCENTILE || unseen.length > 0,
    };
  });
}

/** Where a distance lies among percentiles, linear between them. */
function percentileOf(percentiles: Float32Array, distance: number): number {
  if (distance < percentiles[0]!) return 0;
  const last = percentiles.findLastIndex((each) => each <= distance);
  if (last >= percentiles.length - 1) return 100;
  const [low, high] = [percentiles[last]!, percentiles[last + 1]!];
  return last + (distance - low) / (high - low);
}

function unitRows(rows: Float32Array, dim: number): Float32Array {
  const unit = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += dim) {
    const length = Math.hypot(...rows.subarray(start, start + dim));
    for (let k = start; k < start + dim; k++) unit[k] = length > 0 ? rows[k]! / length : 0;
  }
  return unit;
}
