import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from './grey-image';
import { imageModality } from './image-modality';
import { imageTiles } from './image-tiles';
import { resizeImage } from './resize-image';
import { greyImage } from './testing/arbitrary-image';

const side = fc.integer({ min: 1, max: 17 });
const mean = ({ values }: { values: Float32Array }) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const refused = expect.objectContaining({ code: 'DATA_INVALID' });

describe('resizeImage', () => {
  it('keeps the mean, and lies between the least and the largest value', () => {
    fc.assert(
      fc.property(greyImage, side, side, (image, width, height) => {
        const resized = resizeImage(image, width, height, 'a');
        expect(resized.values).toHaveLength(width * height);
        expect(mean(resized)).toBeCloseTo(mean(image), 5);
        expect(Math.min(...resized.values)).toBeGreaterThanOrEqual(Math.min(...image.values) - 1e-6);
        expect(Math.max(...resized.values)).toBeLessThanOrEqual(Math.max(...image.values) + 1e-6);
      }),
    );
  });

  it('changes nothing at the same size, and undoes enlarging by a whole factor', () => {
    fc.assert(
      fc.property(greyImage, fc.integer({ min: 1, max: 4 }), (image, factor) => {
        const { width, height } = image;
        expect(resizeImage(image, width, height, 'a').values).toEqual(image.values);
        const back = resizeImage(
          resizeImage(image, factor * width, factor * height, 'a'),
          width,
          height,
          'a',
        );
        for (const [i, value] of image.values.entries()) expect(back.values[i]).toBeCloseTo(value, 6);
      }),
    );
  });

  it('halves to means of 2 × 2, and thirds by area', () => {
    const image = { width: 3, height: 2, values: Float32Array.of(0, 3, 6, 1, 4, 7) };
    expect([...resizeImage(image, 2, 1, 'a').values]).toEqual([1.5, 5.5]);
    const square = { width: 2, height: 2, values: Float32Array.of(0, 1, 2, 5) };
    expect([...resizeImage(square, 1, 1, 'a').values]).toEqual([2]);
  });

  it('refuses sizes and images that are none', () => {
    const image = { width: 1, height: 1, values: Float32Array.of(0) };
    expect(() => resizeImage(image, 0, 1, 'a.png')).toThrow('a.png width and height from 1');
    expect(() => resizeImage({ ...image, width: 2 }, 1, 1, 'a.png')).toThrow(refused);
    expect(() => resizeImage({ ...image, values: Float32Array.of(Number.NaN) }, 1, 1, 'a')).toThrow(refused);
  });
});

describe('imageTiles', () => {
  it('covers every pixel with tiles that overlap as asked and hold the pixels that they say', () => {
    fc.assert(
      fc.property(greyImage, fc.integer({ min: 2, max: 6 }), fc.nat(4), (image, size, share) => {
        const overlap = Math.min(share, size - 1);
        const tiles = imageTiles(image, { size, overlap }, 'a');
        const seen = new Set<number>();
        for (const { left, top, values } of tiles) {
          for (let y = 0; y < Math.min(size, image.height - top); y++) {
            for (let x = 0; x < Math.min(size, image.width - left); x++) {
              seen.add((top + y) * image.width + left + x);
              expect(values[y * size + x]).toBe(image.values[(top + y) * image.width + left + x]);
            }
          }
        }
        expect(seen.size).toBe(image.width * image.height);
        const lefts = [...new Set(tiles.map(({ left }) => left))];
        lefts.slice(1).forEach((left, i) => {
          expect(lefts[i]! + size - left).toBeGreaterThanOrEqual(overlap);
        });
        expect(lefts.at(-1)).toBe(Math.max(0, image.width - size));
      }),
    );
  });

  it('goes on as in a mirror beyond an image smaller than a tile', () => {
    const [tile] = imageTiles({ width: 2, height: 1, values: Float32Array.of(1, 2) }, { size: 5 }, 'a');
    expect([...tile!.values.slice(0, 5)]).toEqual([1, 2, 2, 1, 1]);
    expect([...tile!.values.slice(20)]).toEqual([1, 2, 2, 1, 1]);
  });

  it('refuses overlaps of a whole tile and too many tiles', () => {
    const image = { width: 9, height: 9, values: new Float32Array(81) };
    expect(() => imageTiles(image, { size: 3, overlap: 3 }, 'a')).toThrow(refused);
    expect(() => imageTiles(image, { size: 1, maxTiles: 80 }, 'a')).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE' }),
    );
  });
});

describe('imageModality', () => {
  const wide: GreyImage = { width: 4, height: 2, values: Float32Array.of(0, 1, 1, 0, 0, 1, 1, 0) };
  const make = (fit: 'stretch' | 'crop' | 'pad', contrast: 'none' | 'standard' = 'none') =>
    imageModality({ width: 4, height: 4, fit, contrast })(wide, 'a');

  it('stretches, cuts or pads to its size', () => {
    expect([...make('stretch').slice(0, 8)]).toEqual([0, 1, 1, 0, 0, 1, 1, 0]);
    expect([...make('crop')]).toEqual(new Array(16).fill(1));
    expect([...make('pad')]).toEqual([...new Array(4).fill(0.5), ...wide.values, ...new Array(4).fill(0.5)]);
  });

  it('gives mean 0 and deviation 1 by choice', () => {
    fc.assert(
      fc.property(
        greyImage,
        fc.constantFrom('stretch' as const, 'crop' as const, 'pad' as const),
        (image, fit) => {
          const values = imageModality({ width: 5, height: 3, fit, contrast: 'standard' })(image, 'a');
          const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
          expect(values).toHaveLength(15);
          expect(mean({ values })).toBeCloseTo(0, 3);
          expect(square < 1e-6 || Math.abs(square - 1) < 1e-3).toBe(true);
        },
      ),
    );
  });

  it('refuses options that it does not have', () => {
    expect(() => imageModality({ width: 0, height: 1, fit: 'pad', contrast: 'none' })).toThrow(refused);
    expect(() => imageModality({ width: 1, height: 1, fit: 'fill' as 'pad', contrast: 'none' })).toThrow(
      refused,
    );
  });
});
