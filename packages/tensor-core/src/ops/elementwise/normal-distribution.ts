/**
 * Φ(x), the cumulative standard normal distribution in float64: Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …)
 * near zero and the continued fraction of Mills' ratio in the tails.
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (size < 4) {
    let term = size;
    let sum = size;
    for (let k = 3; term > 1e-18 * sum; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 0.5 + Math.sign(x) * density * sum;
  }
  if (!(size < Infinity)) return x > 0 ? 1 : x < 0 ? 0 : Number.NaN;
  let fraction = size;
  for (let k = 120; k >= 1; k--) fraction = size + k / fraction;
  const tail = density / fraction;
  return x > 0 ? 1 - tail : tail;
}
