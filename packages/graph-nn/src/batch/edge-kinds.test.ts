import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeKinds } from './edge-kinds';

const distances = fc
  .array(fc.oneof(fc.constantFrom(1.9, 3, 8), fc.float({ min: 0.5, max: 8, noNaN: true })), {
    maxLength: 400,
  })
  .map((values) => Float32Array.from(values));

describe('edgeKinds', () => {
  it('has each distance once, ascending, filled up by the last, and every edge under its own', () => {
    fc.assert(
      fc.property(distances, (edgeDistance) => {
        const { distance, ofEdge, offsets, order } = edgeKinds(edgeDistance);
        const distinct = [...new Set(edgeDistance)].sort((a, b) => a - b);
        expect([...distance.subarray(0, distinct.length)]).toEqual(distinct);
        expect(distance.subarray(distinct.length).every((d) => d === distinct.at(-1))).toBe(true);
        expect(distance.length).toBeLessThanOrEqual(1.5 * distinct.length);
        expect([...ofEdge].map((kind) => distance[kind])).toEqual([...edgeDistance]);
        expect([offsets.length, offsets.at(-1)]).toEqual([distance.length + 1, edgeDistance.length]);
        expect([...order].sort((a, b) => a - b)).toEqual([...edgeDistance.keys()]);
        for (let kind = 0; kind < distance.length; kind++) {
          const edges = [...order.subarray(offsets[kind], offsets[kind + 1])];
          expect(edges.every((edge) => ofEdge[edge] === kind)).toBe(true);
          expect(edges).toEqual([...edges].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('tells distances apart by their last bit', () => {
    const { distance, ofEdge } = edgeKinds(Float32Array.of(2, 2 + 2 ** -22, 2));
    expect([...distance]).toEqual([2, 2 + 2 ** -22]);
    expect([...ofEdge]).toEqual([0, 1, 0]);
  });

  it('has every edge once, even of distances that are no numbers', () => {
    const { order, ofEdge, offsets } = edgeKinds(Float32Array.of(2, Infinity, Number.NaN, 1));
    expect([...order]).toEqual([3, 0, 1, 2]);
    expect([...ofEdge]).toEqual([1, 2, 3, 0]);
    expect([...offsets]).toEqual([0, 1, 2, 3, 4]);
  });

  it('has no kinds without edges', () => {
    expect(edgeKinds(new Float32Array(0))).toMatchObject({
      distance: new Float32Array(0),
      offsets: Int32Array.of(0),
    });
  });
});
