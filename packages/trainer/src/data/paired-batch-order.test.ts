import { key } from '@bravais/tensor-core/random';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { BatchOrder, PairedBatchOrder, stepsPerEpoch } from '.';

/** Materials by which of four modalities they have, as bits, with some combinations far rarer than others. */
const materials = fc
  .array(
    fc.record({ modalities: fc.integer({ min: 0, max: 15 }), count: fc.constantFrom(1, 1, 2, 3, 9, 40) }),
    { minLength: 1, maxLength: 7 },
  )
  .map((kinds) => kinds.flatMap(({ modalities, count }) => Array<number>(count).fill(modalities)));

const PAIRS = [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100];
const run = fc.record({
  seed: fc.nat(1000),
  materials,
  batchSize: fc.integer({ min: 2, max: 40 }),
  epoch: fc.nat(3),
});

const has = (modalities: number, pair: number): boolean => (modalities & pair) === pair;
const orderOf = (seed: number, kinds: readonly number[], batchSize: number): PairedBatchOrder => {
  const masks = PAIRS.map((pair) => kinds.map((modalities) => (has(modalities, pair) ? 1 : 0)));
  return new PairedBatchOrder(key(seed), masks, kinds.length, batchSize);
};

type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

/** Batches of an epoch, and the pairs that at least two materials have, each with its materials. */
function epochOf({ seed, materials: kinds, batchSize, epoch }: Run) {
  const order = orderOf(seed, kinds, batchSize);
  const steps = stepsPerEpoch(kinds.length, batchSize);
  const batches = Array.from({ length: steps }, (_, i) => [...order.at(epoch * steps + i)]);
  const groups = PAIRS.map((pair) => kinds.flatMap((each, row) => (has(each, pair) ? [row] : []))).filter(
    (rows) => rows.length >= 2,
  );
  const times = kinds.map((_, row) => batches.filter((batch) => batch.includes(row)).length);
  return { batches, steps, groups, times, size: Math.min(batchSize, kinds.length) };
}

const within = (batch: readonly number[], rows: readonly number[]): number =>
  batch.filter((row) => rows.includes(row)).length;

describe('PairedBatchOrder', () => {
  test.prop([run], { numRuns: 300 })(
    'every batch holds two materials of each pair that two have, where there is room for two of each',
    (given) => {
      const { batches, groups, size } = epochOf(given);
      fc.pre(size >= 2 * groups.length);
      for (const batch of batches) {
        for (const rows of groups) expect(within(batch, rows)).toBeGreaterThanOrEqual(2);
      }
    },
  );

  test.prop([run], { numRuns: 300 })('batches are full, and hold no material twice', (given) => {
    const { batches, size } = epochOf(given);
    for (const batch of batches) {
      expect(batch).toHaveLength(size);
      expect(new Set(batch).size).toBe(size);
      expect(batch.every((row) => row >= 0 && row < given.materials.length)).toBe(true);
    }
  });

  test.prop([run], { numRuns: 300 })(
    'a material appears once in an epoch, and more often up to the stated bound only for a pair that is rare',
    (given) => {
      const { steps, groups, times, size } = epochOf(given);
      times.forEach((count, row) => {
        const own = groups.filter((rows) => rows.includes(row)).map(({ length }) => length);
        const smallest = Math.min(...own);
        const most = own.length === 0 ? 1 : 1 + (smallest + 2 * steps * groups.length) / (smallest - 1);
        expect(count).toBeLessThanOrEqual(most);
      });
      const repeats = times.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
      const leftOut = times.filter((count) => count === 0).length;
      expect(leftOut).toBe(given.materials.length - steps * size + repeats);
      expect(repeats).toBeLessThanOrEqual(2 * steps * groups.length);
    },
  );

  test.prop([run], { numRuns: 300 })(
    'where no pair is rare, an epoch visits every material once, and spreads the rarest pair and each kind evenly',
    (given) => {
      const steps = stepsPerEpoch(given.materials.length, given.batchSize);
      const whole = given.materials.slice(0, steps * given.batchSize);
      const { batches, groups, times } = epochOf({ ...given, materials: whole });
      fc.pre(groups.length > 0 && times.every((count) => count === 1));
      const pairsOf = (row: number): string => groups.map((rows) => rows.includes(row)).join();
      const kinds = [...new Set(whole.map((_, row) => pairsOf(row)))].map((kind) =>
        whole.flatMap((_, row) => (pairsOf(row) === kind ? [row] : [])),
      );
      const rarest = groups.reduce((a, b) => (b.length < a.length ? b : a));
      for (const rows of [rarest, ...kinds]) {
        const counts = batches.map((batch) => within(batch, rows));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    },
  );

  test.prop([run, fc.array(fc.nat(30), { maxLength: 12 })])(
    'gives a step the same batch whatever was asked before',
    ({ seed, materials: kinds, batchSize }, steps) => {
      const order = orderOf(seed, kinds, batchSize);
      for (const step of steps) expect(order.at(step)).toEqual(orderOf(seed, kinds, batchSize).at(step));
    },
  );

  it('lets pairs take turns where a batch has no room for all of them', () => {
    const kinds = [0b0011, 0b1100].flatMap((pair) => Array<number>(20).fill(pair));
    const order = orderOf(3, kinds, 3);
    const held = Array.from({ length: 13 }, (_, step) =>
      [0b0011, 0b1100].map((pair) => [...order.at(step)].filter((row) => has(kinds[row]!, pair)).length >= 2),
    );
    for (const two of held.slice(1).map((batch, at) => [held[at]!, batch])) {
      expect([0, 1].every((pair) => two.some((batch) => batch[pair]))).toBe(true);
    }
  });

  it('gives a pair to every batch that the plain order leaves without', () => {
    const kinds = Array.from({ length: 400 }, (_, row) =>
      row < 12 ? 0b0011 : row % 2 === 0 ? 0b0110 : 0b0001,
    );
    const counts = (order: { at(step: number): Int32Array }): number[] =>
      Array.from({ length: 12 }, (_, step) => [...order.at(step)].filter((row) => row < 12).length);
    expect(Math.min(...counts(new BatchOrder(key(0), 400, 32)))).toBe(0);
    expect(Math.min(...counts(orderOf(0, kinds, 32)))).toBe(2);
  });
});
