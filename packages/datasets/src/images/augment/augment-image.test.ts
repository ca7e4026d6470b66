import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greyImage } from '../testing/arbitrary-image';
import { augmentImage, type ImageAugmentation } from './augment-image';
import { cropImage } from './crop-image';
import { adjustIntensity, gaussianNoise, poissonNoise } from './image-intensity';
import { normal, uniform } from './image-key';
import { threefry2x32 } from './threefry';
import { flipImage, quarterTurnImage, rotateImage } from './turn-image';

const refused = expect.objectContaining({ code: 'DATA_INVALID' });
const key = fc.tuple(fc.nat(1e6), fc.nat(1e6));
const flat = (value: number, side = 100) => ({
  width: side,
  height: side,
  values: new Float32Array(side * side).fill(value),
});
function moments(values: Float32Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

describe('threefry2x32', () => {
  it.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as const)('gives the published words for key %j and counter %j', (of, counter, words) => {
    expect(threefry2x32(of, counter)).toEqual(words);
  });
});

describe('turning', () => {
  it('four quarters, two flips and no angle change nothing', () => {
    fc.assert(
      fc.property(
        greyImage,
        fc.constantFrom('horizontal' as const, 'vertical' as const),
        (image, direction) => {
          expect(flipImage(flipImage(image, direction), direction)).toEqual(image);
          let turned = image;
          for (let turn = 0; turn < 4; turn++) turned = quarterTurnImage(turned, 1);
          expect(turned).toEqual(image);
          expect(quarterTurnImage(image, -1)).toEqual(quarterTurnImage(image, 3));
          expect(rotateImage(image, 0)).toEqual(image);
        },
      ),
    );
  });

  it('two flips are half a turn, and 90° of a square a quarter', () => {
    fc.assert(
      fc.property(greyImage, (image) => {
        expect(flipImage(flipImage(image, 'horizontal'), 'vertical')).toEqual(quarterTurnImage(image, 2));
        if (image.width !== image.height) return;
        const [any, exact] = [rotateImage(image, 90), quarterTurnImage(image, 1)];
        for (const [i, value] of exact.values.entries()) expect(any.values[i]).toBeCloseTo(value, 5);
      }),
    );
  });

  it('goes anticlockwise', () => {
    const corner = { width: 2, height: 2, values: Float32Array.of(0, 1, 0, 0) };
    expect([...quarterTurnImage(corner, 1).values]).toEqual([1, 0, 0, 0]);
  });
});

describe('cropImage', () => {
  it('gives the pixels of the box', () => {
    const image = { width: 3, height: 2, values: Float32Array.of(0, 1, 2, 3, 4, 5) };
    expect([...cropImage(image, { left: 1, top: 0, width: 2, height: 2 }).values]).toEqual([1, 2, 4, 5]);
    expect(() => cropImage(image, { left: 2, top: 0, width: 2, height: 2 })).toThrow(refused);
  });
});

describe('intensity and noise', () => {
  it('applies gain, offset and gamma, clamped', () => {
    const image = { width: 3, height: 1, values: Float32Array.of(0, 0.5, 1) };
    expect([...adjustIntensity(image, { gain: 0.5, offset: 0.25, gamma: 2 }).values]).toEqual([
      0.25, 0.375, 0.75,
    ]);
    expect([...adjustIntensity(image, { gain: 2 }).values]).toEqual([0, 1, 1]);
    expect(() => adjustIntensity(image, { gamma: 0 })).toThrow(refused);
  });

  it('draws uniform and normal numbers of the right moments', () => {
    const n = 20_000;
    const flatMoments = moments(Float32Array.from({ length: n }, (_, i) => uniform([1, 2], i)));
    expect(Math.abs(flatMoments.mean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(flatMoments.variance - 1 / 12)).toBeLessThan(0.002);
    const bell = moments(Float32Array.from({ length: n }, (_, i) => normal([1, 2], i)));
    expect(Math.abs(bell.mean)).toBeLessThan(0.03);
    expect(Math.abs(bell.variance - 1)).toBeLessThan(0.04);
  });

  it('adds normal noise of the deviation asked for', () => {
    const { mean, variance } = moments(gaussianNoise(flat(0.5), 0.05, [3, 4]).values);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.002);
    expect(Math.abs(Math.sqrt(variance) - 0.05)).toBeLessThan(0.002);
  });

  // Variance of v · counts / counts² for a Poisson number; white collects 20 (inversion) or 400 (normal).
  it.each([20, 400])('adds counting noise of the variance of Poisson at %i counts', (counts) => {
    const { mean, variance } = moments(poissonNoise(flat(0.4), counts, [5, 6]).values);
    expect(Math.abs(mean - 0.4)).toBeLessThan(5 * Math.sqrt(0.4 / counts / 10_000));
    expect(Math.abs(variance / (0.4 / counts) - 1)).toBeLessThan(0.06);
  });

  it('leaves black black', () => {
    expect([...poissonNoise(flat(0, 3), 10, [1, 1]).values]).toEqual(new Array(9).fill(0));
  });
});

describe('augmentImage', () => {
  const options: ImageAugmentation = {
    flip: true,
    quarterTurns: true,
    rotationDegrees: 10,
    leastCrop: 0.7,
    gain: 0.2,
    offset: 0.1,
    gamma: 0.3,
    gaussianSigma: 0.02,
    poissonCounts: 200,
  };

  it('gives the same variant for the same key, of the same size, from 0 to 1', () => {
    fc.assert(
      fc.property(greyImage, key, (image, of) => {
        const variant = augmentImage(image, options, of);
        expect(augmentImage(image, options, of)).toEqual(variant);
        expect([variant.width, variant.height]).toEqual([image.width, image.height]);
        expect(variant.values.every((value) => value >= 0 && value <= 1)).toBe(true);
      }),
    );
  });

  it('changes nothing without options, and differs from key to key with them', () => {
    const ramp = { width: 8, height: 8, values: Float32Array.from({ length: 64 }, (_, i) => i / 64) };
    expect(augmentImage(ramp, {}, [0, 0])).toEqual(ramp);
    expect(augmentImage(ramp, options, [0, 0])).not.toEqual(augmentImage(ramp, options, [0, 1]));
    const turned = new Set(
      Array.from({ length: 60 }, (_, i) =>
        augmentImage(ramp, { flip: true, quarterTurns: true }, [7, i]).values.join(),
      ),
    );
    expect(turned.size).toBe(8);
  });

  it('refuses options out of range', () => {
    expect(() => augmentImage(flat(0, 2), { leastCrop: 0 }, [0, 0])).toThrow(refused);
    expect(() => augmentImage(flat(0, 2), { gain: 2 }, [0, 0])).toThrow(refused);
  });
});
