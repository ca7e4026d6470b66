/**
 * δ_t = min(δ, (1 + t) / (10 + t)): how much of an exponential moving average stays in step t, counted from 1.
 *
 * A mean that starts from the initial parameters would hold δ^n of them after n steps, nine tenths after 100 steps of δ = 0.999. With
 * the ramp their part is the product of all δ_t, 10! 11! / 20! = 6 · 10⁻⁵ after 10 steps; from t = (10 δ - 1) / (1 - δ) on the decay is δ. The ramp
 * is that of `ExponentialMovingAverage` in TensorFlow.
 */
export function averageDecay(decay: number, step: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}
