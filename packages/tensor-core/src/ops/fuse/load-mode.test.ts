import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Shape, sizeOf } from '../../shape';
import { at, indices, referenceTensor } from '../../testing';
import { collapse, loadMode, stretchedStrides } from './load-mode';

/** The element of an input that a kernel reads for output element `e`, by the definition of its mode. */
function positionRead(shape: Shape, outputShape: Shape, e: number): number {
  const mode = loadMode(shape, outputShape);
  switch (mode.kind) {
    case 'same':
      return e;
    case 'scalar':
      return 0;
    case 'row':
      return e % mode.period;
    case 'block':
      return Math.floor(e / mode.run) % mode.extent;
    case 'strided': {
      const axes = collapse([stretchedStrides(shape, outputShape)], outputShape);
      let rest = e;
      let position = 0;
      for (const { extent, strides } of axes.toReversed()) {
        position += (rest % extent) * strides[0]!;
        rest = Math.floor(rest / extent);
      }
      return position;
    }
  }
}

const stretchedShape = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.boolean()), { maxLength: 5 })
  .chain((axes) => fc.tuple(fc.constant(axes), fc.integer({ min: 0, max: axes.length })))
  .map(([axes, dropped]) => {
    const outputShape = axes.map(([extent]) => extent);
    const shape = axes.slice(dropped).map(([extent, kept]) => (kept ? extent : 1));
    return { shape, outputShape };
  });

describe('loadMode', () => {
  it('reads for every output element the input element that broadcasting assigns', () => {
    fc.assert(
      fc.property(stretchedShape, ({ shape, outputShape }) => {
        const input = referenceTensor(shape, () => 0);
        input.data.forEach((_, position) => {
          input.data[position] = position;
        });
        let e = 0;
        for (const index of indices(outputShape)) {
          const own = index.slice(index.length - shape.length);
          const expected = at(
            input,
            own.map((position, axis) => (shape[axis] === 1 ? 0 : position)),
          );
          expect(positionRead(shape, outputShape, e++)).toBe(expected);
        }
        expect(e).toBe(sizeOf(outputShape));
      }),
    );
  });

  it.each([
    [[4, 6], [4, 6], 'same'],
    [[1, 4], [4], 'same'],
    [[1], [5, 4], 'scalar'],
    [[8], [3, 8], 'row'],
    [[7], [3, 7], 'strided'],
    [[3, 1], [3, 8], 'block'],
    [[3, 1, 1], [2, 3, 2, 2], 'block'],
    [[3, 1], [3, 7], 'strided'],
    [[2, 1, 4], [2, 3, 4], 'strided'],
  ] as const)('%j in %j is %s', (shape, outputShape, kind) => {
    expect(loadMode(shape, outputShape).kind).toBe(kind);
  });
});
