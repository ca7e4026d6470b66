import fc from 'fast-check';
import type { GreyImage } from '../grey-image';

/** Grey images of 1 to 12 pixels along each side. */
export const greyImage: fc.Arbitrary<GreyImage> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.float({ min: 0, max: 1, noNaN: true }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((values) => ({ width, height, values: Float32Array.from(values) })),
  );
