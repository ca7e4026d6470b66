/** Means from here on are drawn by rejection, below by counting. */
const REJECTION_FROM = 10;

/**
 * One draw of P(k) = μᵏ e^−μ / k!.
 *
 * Below a mean of 10 by multiplying uniforms until their product falls below e^−μ (Knuth); above by transformed rejection with squeeze
 * (Hörmann, Insurance: Mathematics and Economics 12, 39 (1993), algorithm PTRS).
 */
export function poisson(mean: number, uniform: () => number): number {
  return mean < REJECTION_FROM ? byCounting(mean, uniform) : byRejection(mean, uniform);
}

function byCounting(mean: number, uniform: () => number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > floor; product *= uniform()) count++;
  return count;
}

function byRejection(mean: number, uniform: () => number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const margin = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / margin + b) * u + mean + 0.43);
    if (margin >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (margin < 0.013 && v > margin)) continue;
    const bound = k * Math.log(mean) - mean - logFactorial(k);
    if (Math.log((v * inverseAlpha) / (a / margin ** 2 + b)) <= bound) return k;
  }
}

/** ln k!: the sum up to 9, Stirling's series to 1/k⁵ from there (error below 1e-9). */
function logFactorial(k: number): number {
  let sum = 0;
  if (k < 10) {
    for (let i = 2; i <= k; i++) sum += Math.log(i);
    return sum;
  }
  const inverse = 1 / k;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 / 1260));
  return (k + 0.5) * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI) + series;
}
