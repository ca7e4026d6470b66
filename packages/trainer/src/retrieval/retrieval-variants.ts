import { evaluatePairsBy, type ModalityEmbeddings, type PairReport } from './evaluate-pairs';
import { rankCorrected } from './hubness';
import { rankMatches } from './rank-matches';
import { RetrievalError } from './retrieval-error';
import { splitmixWord } from './splitmix';

/**
 * `polymorphs`: other candidates of the query's formula are passed over, neither hit nor miss. `one-per-formula`: one material of each formula
 * is asked for and searched. `hubness-corrected`: `rankCorrected`, which looks at the whole pool of queries.
 */
export type VariantName = 'polymorphs' | 'one-per-formula' | 'hubness-corrected';

/** Every ordered pair of modalities, ranked in another way. */
export interface VariantReport {
  readonly name: VariantName;
  readonly pairs: readonly PairReport[];
}

/**
 * The same embeddings beside `evaluatePairs`: without blame for polymorphs, without repeated formulas, and corrected for hubs.
 *
 * @param formulas of the materials, row by row; equal text is the same formula, an empty one is like no other
 * @param seed chooses the material of each formula
 * @throws RetrievalError as `evaluatePairs`; `SHAPE` where there is not a formula for each row
 */
export function retrievalVariants(
  modalities: readonly ModalityEmbeddings[],
  dim: number,
  formulas: readonly string[],
  seed: number,
): VariantReport[] {
  const rows = (modalities[0]?.rows.length ?? 0) / dim;
  if (modalities.length > 0 && rows !== formulas.length) {
    const message = `retrieval: there must be a formula for each of ${rows} rows, got ${formulas.length}. Pass them row by row.`;
    throw new RetrievalError('SHAPE', message);
  }
  // What has no formula is of a kind of its own.
  const kinds = formulas.map((formula, row) => (formula === '' ? row : formula));
  return [
    {
      name: 'polymorphs',
      pairs: evaluatePairsBy(modalities, dim, {
        rank: (queries, gallery, width, taken) =>
          rankMatches(
            queries,
            gallery,
            width,
            taken.map((row) => kinds[row]!),
          ),
      }),
    },
    {
      name: 'one-per-formula',
      pairs: evaluatePairsBy(modalities, dim, {
        rank: (queries, gallery, width) => rankMatches(queries, gallery, width),
        choose: (shared) => oneOfEach(shared, kinds, seed),
      }),
    },
    {
      name: 'hubness-corrected',
      pairs: evaluatePairsBy(modalities, dim, {
        rank: (queries, gallery, width) => rankCorrected(queries, gallery, width),
      }),
    },
  ];
}

/** Of each kind the row with the smallest word of the seed, in the order of the rows. */
function oneOfEach(rows: readonly number[], kinds: readonly (string | number)[], seed: number): number[] {
  const chosen = new Map<string | number, number>();
  for (const row of rows) {
    const kind = kinds[row]!;
    const best = chosen.get(kind);
    if (best === undefined || splitmixWord(seed, row) < splitmixWord(seed, best)) chosen.set(kind, row);
  }
  return [...chosen.values()].sort((a, b) => a - b);
}
