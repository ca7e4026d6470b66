import { UncertaintyError } from './uncertainty-error';

/**
 * t with P(T ≤ t) = p for Student's T of ν degrees of freedom, to a relative 1e-12.
 *
 * The probability is a finite sum for whole ν (Abramowitz and Stegun, 26.7.3 and 26.7.4); the quantile is found by bisection.
 *
 * @param p 0.5 … 1, for example 0.975 for a two-sided interval of 95 %
 * @throws UncertaintyError `ARGUMENT`
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p >= 0.5 && p < 1) || !Number.isSafeInteger(degrees) || degrees < 1) {
    const message = `student: p in 0.5 … 1 and whole degrees of freedom from 1 expected, got ${p} and ${degrees}. Pass for example 0.975 and k − 1.`;
    throw new UncertaintyError('ARGUMENT', message);
  }
  const within = 2 * p - 1;
  let [low, high] = [0, 1];
  while (probabilityWithin(high, degrees) < within) [low, high] = [high, 2 * high];
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (probabilityWithin(middle, degrees) < within) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| < t). */
function probabilityWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = degrees % 2 === 1;
  // Terms of the sum: cos θ, ⅔ cos³ θ, … for odd ν and 1, ½ cos² θ, … for even ν, up to the power ν − 2.
  let term = odd ? cosine : 1;
  let sum = 0;
  for (let power = odd ? 1 : 0; power <= degrees - 2; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * cosine * cosine;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
