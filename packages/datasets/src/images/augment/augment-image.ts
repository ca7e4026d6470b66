import { DataError } from '../../data-error';
import { checkImage, type GreyImage } from '../grey-image';
import { resizeImage } from '../resize-image';
import { cropImage } from './crop-image';
import { adjustIntensity, gaussianNoise, poissonNoise } from './image-intensity';
import { type ImageKey, subkey, uniform } from './image-key';
import { flipImage, quarterTurnImage, rotateImage } from './turn-image';

/** Random changes of an image, in the order in which they are made; plain JSON, and what is absent is left alone. */
export interface ImageAugmentation {
  /** Each direction with probability ½. */
  readonly flip?: boolean;
  /** 0 to 3 quarter turns (0 or 2 where the image is not square). */
  readonly quarterTurns?: boolean;
  /** An angle up to this many degrees either way. */
  readonly rotationDegrees?: number;
  /** A part of at least this share of each side, in (0, 1], brought back to the size of the image. */
  readonly leastCrop?: number;
  /** Gain from 1 − this to 1 + this. */
  readonly gain?: number;
  /** Offset of up to this either way. */
  readonly offset?: number;
  /** Gamma from 1 / (1 + this) to 1 + this, evenly in its logarithm. */
  readonly gamma?: number;
  /** Normal noise of a deviation up to this. */
  readonly gaussianSigma?: number;
  /** Counting noise where white is this many counts. */
  readonly poissonCounts?: number;
}

/**
 * A random variant of an image of the same size: the same key, the same variant. Each change draws from a key of its own.
 *
 * @throws DataError `DATA_INVALID`
 * @example
 * ```ts
 * augmentImage(image, { flip: true, quarterTurns: true, gain: 0.2, gaussianSigma: 0.02 }, [seed, step]);
 * ```
 */
export function augmentImage(image: GreyImage, options: ImageAugmentation, key: ImageKey): GreyImage {
  checkImage(image, 'augmentImage:');
  checkAugmentation(options);
  const draw = (use: number, n = 0) => uniform(subkey(key, use), n);
  const either = (use: number, most: number) => most * (2 * draw(use) - 1);
  let result = image;
  if (options.flip && draw(0) < 0.5) result = flipImage(result, 'horizontal');
  if (options.flip && draw(1) < 0.5) result = flipImage(result, 'vertical');
  if (options.quarterTurns) {
    const turns = Math.floor(4 * draw(2));
    result = quarterTurnImage(result, image.width === image.height ? turns : turns - (turns % 2));
  }
  if (options.rotationDegrees) result = rotateImage(result, either(3, options.rotationDegrees));
  if (options.leastCrop !== undefined) result = randomCrop(result, options.leastCrop, (n) => draw(4, n));
  const { gain = 0, offset = 0, gamma = 0 } = options;
  if (gain > 0 || offset > 0 || gamma > 0) {
    result = adjustIntensity(result, {
      gain: 1 + either(5, gain),
      offset: either(6, offset),
      gamma: (1 + gamma) ** either(7, 1),
    });
  }
  if (options.gaussianSigma) result = gaussianNoise(result, options.gaussianSigma * draw(8), subkey(key, 9));
  if (options.poissonCounts) result = poissonNoise(result, options.poissonCounts, subkey(key, 10));
  return result;
}

function randomCrop(image: GreyImage, least: number, draw: (n: number) => number): GreyImage {
  const share = least + (1 - least) * draw(0);
  const [width, height] = [image.width, image.height].map((side) =>
    Math.max(1, Math.round(side * share)),
  ) as [number, number];
  const left = Math.floor((image.width - width + 1) * draw(1));
  const top = Math.floor((image.height - height + 1) * draw(2));
  const part = cropImage(image, { left, top, width, height });
  return resizeImage(part, image.width, image.height, 'augmentImage:');
}

function checkAugmentation(options: ImageAugmentation): void {
  const { leastCrop = 1, gain = 0, offset = 0, gamma = 0, rotationDegrees = 0 } = options;
  const fits =
    leastCrop > 0 &&
    leastCrop <= 1 &&
    gain <= 1 &&
    [gain, offset, gamma, rotationDegrees].every((value) => value >= 0 && Number.isFinite(value));
  if (fits) return;
  throw new DataError(
    'DATA_INVALID',
    'augmentImage:',
    `leastCrop in (0, 1], gain in 0 … 1, and offset, gamma, rotationDegrees of 0 or more expected, got ${JSON.stringify(options)}. Correct the options.`,
  );
}
