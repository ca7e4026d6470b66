import type { Crystal } from '@bravais/graph-nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphShards } from './graph-shards';

describe('graphShards', () => {
  it('holds every crystal once, in order, and equal starts of two sets in equal shards', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9000), { maxLength: 30 }), fc.nat(30), (sizes, length) => {
        const set = sizes.map(
          (n): Crystal => ({
            latticeAngstrom: [],
            fracCoords: [],
            atomicNumbers: new Uint8Array(n),
          }),
        );
        const shards = graphShards(set);
        expect(shards.flatMap(({ crystals }) => crystals)).toEqual(set);
        expect(shards.map(({ first }) => set[first])).toEqual(shards.map(({ crystals }) => crystals[0]));
        const start = graphShards(set.slice(0, length));
        expect(start.slice(0, -1)).toEqual(shards.slice(0, Math.max(0, start.length - 1)));
      }),
      { numRuns: 30 },
    );
  });
});
