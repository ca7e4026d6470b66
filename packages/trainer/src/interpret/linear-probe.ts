import { leastSquares } from '../controls/least-squares';
import { splitmixWord } from '../retrieval/splitmix';
import { type EmbeddingRows, readRows, requireLabels } from './embedding-rows';
import { InterpretError } from './interpret-error';

/** How much of a property is a linear function of the embedding, on materials that the function was not fitted on. */
export interface LinearProbe {
  /** 1 − Σ (y − ŷ)² / Σ (y − ȳ)², ȳ the mean of the fitted part: at most 1, below 0 where the mean is better. */
  readonly r2: number;
  /** Mean |y − ŷ|, in the unit of the property. */
  readonly meanAbsoluteError: number;
  /** The same of the mean of the fitted part. */
  readonly meanAbsoluteErrorOfMean: number;
  /** Materials whose property is known. */
  readonly count: number;
}

const FOLDS = 5;
/** λ to choose from, as a share of a column's variance: embeddings often have as many columns as there are materials. */
const RIDGES = [1e-3, 1e-2, 1e-1, 1, 10];
/** Of the fitted part, one in so many decides on λ. */
const DECIDING = 5;

/**
 * Ridge regression from embeddings to a property, each of five parts predicted from the other four; λ is what predicts a fifth of those
 * four best from the rest of them.
 *
 * @param values one for each row; NaN where it is not known
 * @param seed key of the parts
 * @throws {InterpretError} `SHAPE`, `NOT_FINITE`, `ARGUMENT` where fewer than ten values are known
 */
export function linearProbe(x: EmbeddingRows, values: ArrayLike<number>, seed = 0): LinearProbe {
  const rows = readRows('linear probe', x, 1);
  requireLabels('linear probe', values, rows.length);
  const known = [...rows.keys()].filter((i) => Number.isFinite(values[i]!));
  if (known.length < 2 * FOLDS) {
    throw new InterpretError(
      'ARGUMENT',
      `linear probe: the property of at least ${2 * FOLDS} materials expected, got ${known.length}. Choose another property.`,
    );
  }
  const shuffled = known
    .map((row, at) => ({ row, word: splitmixWord(seed, at) }))
    .sort((a, b) => a.word - b.word || a.row - b.row)
    .map(({ row }) => row);
  let [residual, spread, errors, errorsOfMean] = [0, 0, 0, 0];
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = shuffled.filter((_, at) => at % FOLDS === fold);
    const fitted = shuffled.filter((_, at) => at % FOLDS !== fold);
    const targets = fitted.map((i) => [values[i]!]);
    const mean = targets.reduce((sum, [value]) => sum + value!, 0) / targets.length;
    const inputs = fitted.map((i) => rows[i]!);
    const map = leastSquares(inputs, targets, bestRidge(inputs, targets));
    for (const [at, [predicted]] of map.apply(held.map((i) => rows[i]!)).entries()) {
      const value = values[held[at]!]!;
      residual += (value - predicted!) ** 2;
      spread += (value - mean) ** 2;
      errors += Math.abs(value - predicted!);
      errorsOfMean += Math.abs(value - mean);
    }
  }
  return {
    r2: spread === 0 ? 0 : 1 - residual / spread,
    meanAbsoluteError: errors / known.length,
    meanAbsoluteErrorOfMean: errorsOfMean / known.length,
    count: known.length,
  };
}

/** The λ whose map of most rows has the least squared error on the rest; of equal ones the largest. */
function bestRidge(inputs: readonly Float64Array[], targets: readonly (readonly number[])[]): number {
  const deciding = <T>(list: readonly T[]): T[] => list.filter((_, at) => at % DECIDING === 0);
  const others = <T>(list: readonly T[]): T[] => list.filter((_, at) => at % DECIDING !== 0);
  let best = { ridge: RIDGES[0]!, error: Number.POSITIVE_INFINITY };
  for (const ridge of RIDGES) {
    const map = leastSquares(others(inputs), others(targets), ridge);
    const wanted = deciding(targets);
    const error = map
      .apply(deciding(inputs))
      .reduce((sum, [predicted], at) => sum + (predicted! - wanted[at]![0]!) ** 2, 0);
    if (error <= best.error) best = { ridge, error };
  }
  return best.ridge;
}
