import { normalBelow } from '../modalities/normal-distribution';

/** Full width at half maximum of a Gaussian in standard deviations: 2 √(2 ln 2). */
const FWHM_PER_SIGMA: number = 2 * Math.sqrt(2 * Math.log(2));
/** Widths beyond which a Gaussian holds less than 1e-12. */
const GAUSSIAN_REACH = 3;

/**
 * ∫_a^b of η L + (1 − η) G: the share of a pseudo-Voigt peak about 0 that lies from a to b; L Lorentzian, G Gaussian, both of the
 * same full width at half maximum.
 *
 * @param a @param b in units of that width, a ≤ b
 * @param lorentzShare η
 */
export function pseudoVoigtShare(a: number, b: number, lorentzShare: number): number {
  const lorentz =
    a > 0 || b < 0 ? arctangent((2 * (b - a)) / (1 + 4 * a * b)) : Math.atan(2 * b) - Math.atan(2 * a);
  const share = (lorentzShare * lorentz) / Math.PI;
  if (a > GAUSSIAN_REACH || b < -GAUSSIAN_REACH) return share;
  const gauss = normalBelow(b * FWHM_PER_SIGMA) - normalBelow(a * FWHM_PER_SIGMA);
  return share + (1 - lorentzShare) * gauss;
}

/** atan x, by its series to 1e-9 where x is small: most bins lie in the tails of most lines. */
function arctangent(x: number): number {
  const square = x * x;
  return square < 6e-4 ? x * (1 - square * (1 / 3 - square / 5)) : Math.atan(x);
}
