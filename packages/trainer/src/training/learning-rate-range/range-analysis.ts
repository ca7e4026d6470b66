/** The loss of one step of a range test. */
export interface RangePoint {
  readonly learningRate: number;
  readonly loss: number;
}

/** What a range test says. */
export interface RangeAnalysis {
  /** Smoothed loss of each point. */
  readonly smoothed: readonly number[];
  /** Rate where the smoothed loss falls fastest by the logarithm of the rate; `null` where it falls nowhere. */
  readonly steepest: number | null;
  /** Rate of the least smoothed loss; `null` without a point. */
  readonly minimum: number | null;
  /** A tenth of {@link RangeAnalysis.minimum}: the cautious choice where the steepest descent is unclear. */
  readonly minimumTenth: number | null;
}

/** Points on either side that a smoothed loss is the mean of, as a share of all points. */
const SMOOTHED_SHARE = 1 / 25;

/**
 * Reads the curve of a learning-rate range test: s_i the mean of the losses within w steps of i, with w the same on both sides, so that
 * the curve is not shifted; `steepest` the rate of the least (s_{i+1} - s_{i-1}) / (log η_{i+1} - log η_{i-1}) up to the minimum,
 * `minimum` that of the least s_i.
 *
 * @param points by rising rate, of finite losses
 *
 * Source: L. N. Smith, Cyclical learning rates for training neural networks, arXiv 1506.01186, section 3.3; the exponential ramp and
 * the two suggestions are those of the finder of fastai.
 */
export function analyzeRange(points: readonly RangePoint[]): RangeAnalysis {
  const smoothed = points.map((_, at) => meanAround(points, at));
  if (points.length === 0) return { smoothed, steepest: null, minimum: null, minimumTenth: null };
  const lowest = smoothed.indexOf(Math.min(...smoothed));
  const slopes = points.slice(0, lowest + 1).map((_, at) => slopeAt(points, smoothed, at));
  const least = Math.min(...slopes);
  const minimum = points[lowest]!.learningRate;
  return {
    smoothed,
    steepest: least < 0 ? points[slopes.indexOf(least)]!.learningRate : null,
    minimum,
    minimumTenth: minimum / 10,
  };
}

function meanAround(points: readonly RangePoint[], at: number): number {
  const most = Math.ceil(points.length * SMOOTHED_SHARE);
  const width = Math.min(most, at, points.length - 1 - at);
  const taken = points.slice(at - width, at + width + 1);
  return taken.reduce((sum, { loss }) => sum + loss, 0) / taken.length;
}

/** Central difference by log η; at the ends, where there is none, no slope. */
function slopeAt(points: readonly RangePoint[], smoothed: readonly number[], at: number): number {
  if (at === 0 || at === points.length - 1) return 0;
  const run = Math.log(points[at + 1]!.learningRate) - Math.log(points[at - 1]!.learningRate);
  return (smoothed[at + 1]! - smoothed[at - 1]!) / run;
}
