import { type MatchRanks, rankMatches } from './rank-matches';
import { RetrievalError } from './retrieval-error';
import { chanceOf, type RetrievalScores, retrievalScores } from './retrieval-scores';

/** Embeddings of one modality; row i is material i in every modality. */
export interface ModalityEmbeddings {
  /** `structure`, `spectrum`, … */
  readonly name: string;
  /** [n, dim], row-major, of any length. */
  readonly rows: Float32Array;
  /** [n], nonzero where the material has this modality; absent: everywhere. Rows that are not present are never read. */
  readonly present?: Uint8Array;
}

/** Retrieval from one modality into another, beside chance. */
export interface PairReport {
  readonly query: string;
  readonly gallery: string;
  /** Materials that have both: queries and candidates. */
  readonly count: number;
  /** For intervals, see {@link bootstrapMean}. */
  readonly ranks: MatchRanks;
  /** `null` where no material has both. */
  readonly scores: RetrievalScores | null;
  /** Exact expectation in random order, for the same count. */
  readonly chance: RetrievalScores | null;
}

/**
 * Retrieval for every ordered pair of modalities, each over the materials that have both.
 *
 * @throws RetrievalError `SHAPE` where sizes disagree, `NOT_FINITE` for NaN or infinity in a row that is present, `ARGUMENT`
 * for two modalities of one name.
 *
 * @example
 * const [forward, back] = evaluatePairs([{ name: 'structure', rows: a }, { name: 'spectrum', rows: b }], 128);
 * forward.scores?.recallAt10; // beside forward.chance?.recallAt10
 */
export function evaluatePairs(modalities: readonly ModalityEmbeddings[], dim: number): PairReport[] {
  return evaluatePairsBy(modalities, dim, {
    rank: (queries, gallery, width) => rankMatches(queries, gallery, width),
  });
}

/** How the pairs of {@link evaluatePairsBy} are ranked. */
export interface PairRanking {
  /** Ranks of `[n, dim]` sides; `rows` says which materials these are. */
  readonly rank: (
    queries: Float32Array,
    gallery: Float32Array,
    dim: number,
    rows: readonly number[],
  ) => MatchRanks;
  /** Which of the materials that have both modalities are asked for and searched; all where absent. */
  readonly choose?: (rows: readonly number[]) => readonly number[];
}

/** {@link evaluatePairs} with another ranking or fewer materials. */
export function evaluatePairsBy(
  modalities: readonly ModalityEmbeddings[],
  dim: number,
  ranking: PairRanking,
): PairReport[] {
  checkModalities(modalities, dim);
  return modalities.flatMap((query) =>
    modalities
      .filter((gallery) => gallery !== query)
      .map((gallery) => evaluatePair(query, gallery, dim, ranking)),
  );
}

function evaluatePair(
  query: ModalityEmbeddings,
  gallery: ModalityEmbeddings,
  dim: number,
  { rank, choose = (rows) => rows }: PairRanking,
): PairReport {
  const shared: number[] = [];
  for (let row = 0; row * dim < query.rows.length; row++) {
    if ((query.present?.[row] ?? 1) !== 0 && (gallery.present?.[row] ?? 1) !== 0) shared.push(row);
  }
  const rows = choose(shared);
  const ranks = rank(takeRows(query.rows, rows, dim), takeRows(gallery.rows, rows, dim), dim, rows);
  return pairReport(query.name, gallery.name, ranks);
}

/** Scores of ranks, beside chance. */
export function pairReport(query: string, gallery: string, ranks: MatchRanks): PairReport {
  const { count } = ranks;
  return {
    query,
    gallery,
    count,
    ranks,
    scores: count > 0 ? retrievalScores(ranks) : null,
    chance: count > 0 ? chanceOf(ranks) : null,
  };
}

function takeRows(rows: Float32Array, indices: readonly number[], dim: number): Float32Array {
  const taken = new Float32Array(indices.length * dim);
  for (const [at, row] of indices.entries()) taken.set(rows.subarray(row * dim, (row + 1) * dim), at * dim);
  return taken;
}

function checkModalities(modalities: readonly ModalityEmbeddings[], dim: number): void {
  const size = modalities[0]?.rows.length ?? 0;
  if (!Number.isSafeInteger(dim) || dim < 1) {
    throw new RetrievalError(
      'SHAPE',
      `retrieval: dim must be a positive integer, got ${dim}. Pass model.embeddingDim.`,
    );
  }
  for (const [at, { name, rows, present }] of modalities.entries()) {
    if (modalities.findIndex((other) => other.name === name) !== at) {
      throw new RetrievalError(
        'ARGUMENT',
        `retrieval: every modality must have its own name, got "${name}" twice. Rename one.`,
      );
    }
    if (rows.length !== size || rows.length % dim !== 0 || (present && present.length * dim !== size)) {
      const mask = present ? ` and a mask of ${present.length}` : '';
      const message = `retrieval: "${name}" must have ${size / dim} rows of ${dim} like the first modality, got ${rows.length} numbers${mask}. Fill missing rows and mark them in the mask.`;
      throw new RetrievalError('SHAPE', message);
    }
  }
}
