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
/** λ of the ridge, as a share of a column's variance. */
const RIDGE = 1e-3;

/**
 * Ridge regression from embeddings to a property, each of five parts predicted from the other four.
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
    const map = leastSquares(
      fitted.map((i) => rows[i]!),
      targets,
      RIDGE,
    );
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
