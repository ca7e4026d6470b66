import { fitCompositionBaseline } from './composition-baseline.mjs';
import { meanAbsoluteDifference } from './predictions.mjs';

/** Errors of predictions that see no structure: the training mean, the training median, and a line in composition. */
export function trivialBaselines(train, other) {
  const { targets } = train;
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const ascending = targets.slice().sort();
  const median = ascending[Math.floor(ascending.length / 2)];
  const error = (predicted) => meanAbsoluteDifference(predicted, other.targets);
  return {
    trainMean: error(new Float32Array(other.targets.length).fill(mean)),
    trainMedian: error(new Float32Array(other.targets.length).fill(median)),
    compositionLine: error(fitCompositionBaseline(train)(other.graphs)),
  };
}
