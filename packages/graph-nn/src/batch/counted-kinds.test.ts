import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GraphError } from '../graph/graph-error';
import { countedKinds, maximumMultiplicity } from './counted-kinds';

it('puts kind and multiplicity into one positive number, and nothing is lost', () => {
  const pairs = fc.array(fc.tuple(fc.nat(2 ** 24 - 1), fc.nat(maximumMultiplicity)));
  fc.assert(
    fc.property(pairs, (edges) => {
      const [kinds, times] = [0, 1].map((at) => Int32Array.from(edges, (edge) => edge[at]!));
      const counted = countedKinds(kinds!, times!);
      expect([...counted].map((value) => [value % 2 ** 24, Math.floor(value / 2 ** 24)])).toEqual(edges);
    }),
  );
});

it('refuses what needs more bits', () => {
  const refused = (kind: number, times: number): void => {
    expect(() => countedKinds(Int32Array.of(0, kind), Int32Array.of(1, times))).toThrow(GraphError);
    expect(() => countedKinds(Int32Array.of(0, kind), Int32Array.of(1, times))).toThrow(
      `got ${kind} and ${times} at edge 1. Make the batch smaller.`,
    );
  };
  refused(2 ** 24, 1);
  refused(-1, 1);
  refused(0, 128);
  refused(0, -1);
});
