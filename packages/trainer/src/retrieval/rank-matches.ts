import { cosinesBetween } from './cosines';

/**
 * Two cosines this close are equal: float64 rounding of a sum of 10⁴ products stays below it, and the float32 rounding of
 * the embeddings themselves moves a cosine by more.
 */
const TIE = 1e-12;

/** How the true partner of each query stands among all candidates; row i of both sides is one material. */
export interface MatchRanks {
  /** Candidates in the gallery, as many as queries. */
  readonly count: number;
  /** For each query, candidates closer than the partner. */
  readonly above: Uint32Array;
  /** For each query, other candidates as close as the partner. */
  readonly tied: Uint32Array;
  /** For each query, candidates that count, the partner among them; absent: all of them. */
  readonly candidates?: Uint32Array;
}

/**
 * above_i = #{j : cos(q_i, g_j) > cos(q_i, g_i)}, tied_i = #{j ≠ i : cos(q_i, g_j) = cos(q_i, g_i)}, cosines in float64.
 *
 * `queries` and `gallery` are [n, dim], row-major, of any length: cos(a, b) = a·b / |a||b|, and 0 where a row is zero, so
 * that a dead encoder ties everything and scores chance.
 *
 * @param groups as in {@link ranksBy}
 * @throws RetrievalError `SHAPE` where the sizes disagree, `NOT_FINITE` for NaN or infinity (which would compare as "not larger").
 */
export function rankMatches(
  queries: Float32Array,
  gallery: Float32Array,
  dim: number,
  groups?: ArrayLike<unknown>,
): MatchRanks {
  const { count, at } = cosinesBetween(queries, gallery, dim);
  return ranksBy(count, at, groups);
}

/**
 * Ranks by any closeness of query i and candidate j, larger is closer; differences below 1e-12 are ties. The partner of query i is
 * candidate i.
 *
 * @param groups [n] of the materials: candidates of the query's own group, but for its partner, are passed over, neither hit nor miss
 */
export function ranksBy(
  count: number,
  closeness: (query: number, candidate: number) => number,
  groups?: ArrayLike<unknown>,
): MatchRanks {
  const above = new Uint32Array(count);
  const tied = new Uint32Array(count);
  const candidates = new Uint32Array(count).fill(count);
  const found = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) found[j] = closeness(i, j);
    const partner = found[i]!;
    for (let j = 0; j < count; j++) {
      if (j === i) continue;
      if (groups && groups[j] === groups[i]) {
        candidates[i]!--;
        continue;
      }
      const lead = found[j]! - partner;
      if (lead > TIE) above[i]!++;
      else if (lead >= -TIE) tied[i]!++;
    }
  }
  return groups ? { count, above, tied, candidates } : { count, above, tied };
}
