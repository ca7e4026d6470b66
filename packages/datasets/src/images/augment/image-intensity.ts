import { DataError } from '../../data-error';
import type { GreyImage } from '../grey-image';
import { type ImageKey, normal, uniform } from './image-key';

/** Change of brightness; what is absent changes nothing. */
export interface Intensity {
  /** Contrast about 0; 1 by default. */
  readonly gain?: number;
  /** Added after the gain; 0 by default. */
  readonly offset?: number;
  /** Exponent in front of both: above 1 darkens the middle; 1 by default. */
  readonly gamma?: number;
}

/** Brightness clamp(gain · v^gamma + offset) to 0 … 1, of v clamped to 0 … 1. */
export function adjustIntensity(image: GreyImage, { gain = 1, offset = 0, gamma = 1 }: Intensity): GreyImage {
  if (!(Number.isFinite(gain) && Number.isFinite(offset) && gamma > 0 && Number.isFinite(gamma))) {
    throw invalid('adjustIntensity:', `finite gain and offset and a gamma above 0`, { gain, offset, gamma });
  }
  return { ...image, values: image.values.map((value) => clamp(gain * clamp(value) ** gamma + offset)) };
}

/**
 * Brightness plus independent normal noise of deviation `sigma` in each pixel, clamped to 0 … 1.
 *
 * @throws DataError `DATA_INVALID`
 */
export function gaussianNoise(image: GreyImage, sigma: number, key: ImageKey): GreyImage {
  if (!(sigma >= 0 && Number.isFinite(sigma)))
    throw invalid('gaussianNoise:', 'a sigma of 0 or more', { sigma });
  return {
    ...image,
    values: image.values.map((value, pixel) => clamp(value + sigma * normal(key, pixel))),
  };
}

/** Beyond this mean a Poisson number is a rounded normal one: relative error of its skewness below 0.2. */
const NORMAL_FROM = 32;

/**
 * Counting noise: each pixel is Poisson(v · counts) / counts, clamped to 0 … 1, where `counts` is what white collects (electrons, photons).
 *
 * Exact by inversion below a mean of 32, a rounded normal number above.
 *
 * @throws DataError `DATA_INVALID`
 */
export function poissonNoise(image: GreyImage, counts: number, key: ImageKey): GreyImage {
  if (!(counts > 0 && Number.isFinite(counts))) throw invalid('poissonNoise:', 'counts above 0', { counts });
  return {
    ...image,
    values: image.values.map((value, pixel) => clamp(poisson(clamp(value) * counts, key, pixel) / counts)),
  };
}

function poisson(mean: number, key: ImageKey, pixel: number): number {
  if (mean > NORMAL_FROM) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(key, pixel)));
  const draw = uniform(key, pixel);
  let probability = Math.exp(-mean);
  let cumulative = probability;
  let count = 0;
  // 32 bits of the draw end before probabilities underflow.
  while (draw >= cumulative && probability > 0) {
    count++;
    probability *= mean / count;
    cumulative += probability;
  }
  return count;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function invalid(where: string, expected: string, got: object): DataError {
  return new DataError(
    'DATA_INVALID',
    where,
    `${expected} expected, got ${JSON.stringify(got)}. Correct the options.`,
  );
}
