const SQRT_PI = Math.sqrt(Math.PI);
/** Below it erfc is 1 − erf from its series; above, from the continued fraction, which holds digits where erfc is small. */
const SERIES_BELOW = 2;

/**
 * erfc(x) = (2/√π) ∫ₓ^∞ e^(−t²) dt for x ≥ 0, to about 1e-13 of its value.
 *
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6 (series of positive terms) and 7.1.14 (continued
 * fraction).
 */
export function erfc(x: number): number {
  const gaussian = Math.exp(-x * x);
  if (x < SERIES_BELOW) {
    let [term, sum] = [x, x];
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / SQRT_PI) * gaussian * sum;
  }
  // The levels that 1e-15 takes fall as 1 / x².
  let fraction = x;
  for (let level = 10 + Math.ceil(280 / (x * x)); level > 0; level--) fraction = x + level / 2 / fraction;
  return gaussian / (SQRT_PI * fraction);
}

/**
 * Γ(a, x) = ∫ₓ^∞ t^(a−1) e^(−t) dt for x > 0 and a = … −3/2, −1/2, 1/2, 3/2 … or 1, 2, 3 …
 *
 * From Γ(1/2, x) = √π erfc(√x) or Γ(1, x) = e^(−x) by Γ(a + 1, x) = a Γ(a, x) + x^a e^(−x), in either direction
 * (Abramowitz and Stegun, 6.5.22).
 */
export function upperGamma(a: number, x: number): number {
  const decay = Math.exp(-x);
  const isInteger = Number.isInteger(a);
  let order = isInteger ? 1 : 0.5;
  let value = isInteger ? decay : SQRT_PI * erfc(Math.sqrt(x));
  for (; order < a; order++) value = order * value + x ** order * decay;
  while (order > a) {
    order--;
    value = (value - x ** order * decay) / order;
  }
  return value;
}
