import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceOrder } from './distance-order';

const distances = fc
  .array(fc.oneof(fc.constantFrom(1.9, 3, 8), fc.float({ min: 0.5, max: 8, noNaN: true })), {
    maxLength: 400,
  })
  .map((values) => Float32Array.from(values));

describe('distanceOrder', () => {
  it('has every edge once, distances ascending to a thousandth of their range', () => {
    fc.assert(
      fc.property(distances, (edgeDistance) => {
        const order = distanceOrder(edgeDistance);
        expect(Array.from(order).sort((a, b) => a - b)).toEqual([...edgeDistance.keys()]);
        const range = Math.max(...edgeDistance) - Math.min(...edgeDistance);
        for (let p = 1; p < order.length; p++) {
          const step = edgeDistance[order[p]!]! - edgeDistance[order[p - 1]!]!;
          expect(step).toBeGreaterThan(-range / 1000 - 1e-9);
        }
      }),
    );
  });

  it('keeps the order of edges equally long', () => {
    const edgeDistance = Float32Array.from([3, 2, 3, 8, 2, 3]);
    expect([...distanceOrder(edgeDistance)]).toEqual([1, 4, 0, 2, 5, 3]);
    expect([...distanceOrder(new Float32Array(5).fill(2))]).toEqual([0, 1, 2, 3, 4]);
    expect(distanceOrder(new Float32Array(0))).toHaveLength(0);
  });

  it('has every edge once, even of distances that are no numbers', () => {
    const order = distanceOrder(Float32Array.from([2, Infinity, Number.NaN, 1]));
    expect([...order].sort()).toEqual([0, 1, 2, 3]);
  });
});
