/** Points t of (0, 1) and their weights w: Σ w g(t) is ∫₀¹ g exactly for polynomials of degree 2 · count − 1. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Newton's steps settle long before. */
const MOST_ITERATIONS = 100;

/** Gauss and Legendre's quadrature, by Newton's method on the zeros of P_n (Press et al., Numerical Recipes, section 4.6); points ascend. */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      const { value, slope: found } = legendre(count, x);
      slope = found;
      const step = value / found;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    points[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** P_n(x) and P_n′(x). */
function legendre(n: number, x: number): { readonly value: number; readonly slope: number } {
  let [before, value] = [1, x];
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}
