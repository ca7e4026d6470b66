import { cosinesBetween } from './cosines';
import { type MatchRanks, ranksBy } from './rank-matches';
import { RetrievalError } from './retrieval-error';

/**
 * Ranks by 2 cos(q, g) − r(g), r(g) the mean cosine of g with its `neighbors` nearest queries: candidates that are near to everything
 * (hubs) fall back.
 *
 * Cross-domain similarity local scaling (Conneau et al., ICLR 2018, equation 3) without its term of the query, which moves all candidates
 * alike. It looks at the whole pool of queries: one query by itself cannot be answered so. Memory is O(n·(dim + neighbors)).
 *
 * @param neighbors 10 as in the paper; all queries where there are fewer
 * @throws RetrievalError as `rankMatches`; `ARGUMENT` where `neighbors` is no positive integer
 */
export function rankCorrected(
  queries: Float32Array,
  gallery: Float32Array,
  dim: number,
  neighbors = 10,
): MatchRanks {
  if (!Number.isSafeInteger(neighbors) || neighbors < 1) {
    const message = `retrieval: neighbors must be a positive integer, got ${neighbors}. Pass for example 10.`;
    throw new RetrievalError('ARGUMENT', message);
  }
  const { count, at } = cosinesBetween(queries, gallery, dim);
  const nearest = new Float64Array(Math.min(neighbors, count));
  const crowding = Float64Array.from({ length: count }, (_, candidate) => {
    nearest.fill(Number.NEGATIVE_INFINITY);
    for (let query = 0; query < count; query++) keepLargest(nearest, at(query, candidate));
    return nearest.reduce((sum, value) => sum + value, 0) / nearest.length;
  });
  return ranksBy(count, (query, candidate) => 2 * at(query, candidate) - crowding[candidate]!);
}

/** Takes a value into a list of the largest so far, which stays sorted, largest first. */
function keepLargest(largest: Float64Array, value: number): void {
  let place = largest.length - 1;
  if (!(value > largest[place]!)) return;
  for (; place > 0 && value > largest[place - 1]!; place--) largest[place] = largest[place - 1]!;
  largest[place] = value;
}
