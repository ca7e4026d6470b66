import { readAll, scoped, type Tensor } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type DiagnosticsOptions, diagnostics } from './diagnostics';
import { oddBatch, reordered, sampleRows, upload } from './testing/against-reference';
import { diagnosticsReference } from './testing/references/diagnostics';
import type { HostEmbeddings, Rows } from './testing/references/vectors';

const device = await testDevice();

async function named(
  embeddings: HostEmbeddings,
  options: DiagnosticsOptions = {},
): Promise<Record<string, number>> {
  const before = device.stats.liveBuffers;
  const found = scoped(device, () =>
    diagnostics(
      Object.fromEntries(Object.entries(embeddings).map(([name, rows]) => [name, upload(device, rows)])),
      options,
    ),
  );
  const values = await readAll(Object.values(found));
  for (const each of Object.values(found)) each.dispose();
  expect(device.stats.liveBuffers).toBe(before);
  return Object.fromEntries(Object.keys(found).map((name, index) => [name, values[index]![0]!]));
}

describe('diagnostics', () => {
  test.prop([oddBatch(3)], { numRuns: 60 })(
    'are the values on paper, for the names on paper, whatever the rows and masks',
    async ({ embeddings, presence }) => {
      const expected = diagnosticsReference(embeddings, presence);
      const found = await named(embeddings, { presence });
      expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
      for (const [name, value] of Object.entries(expected)) {
        // Where all rows are alike the ratio of eigenvalues is one of roundings.
        const alike =
          name.startsWith('effectiveRank') &&
          Math.abs(expected[name.replace('effectiveRank', 'uniformity')]!) < 1e-9;
        const want = alike ? 0 : value;
        expect(Math.abs(found[name]! - want), `${name}: ${found[name]}, expected ${want}`).toBeLessThan(
          1e-4 * Math.max(0.05, Math.abs(want)),
        );
      }
    },
  );

  it('in closed form: a simplex, and one point', async () => {
    const eye = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((k) => (i === k ? 1 : 0)));
    const turned = reordered({ eye }, [1, 2, 3, 0]).eye!;
    const point = eye.map(() => eye[0]!);
    const found = await named({ eye, turned, point });
    expect(found['alignment/eye|turned']).toBeCloseTo(2, 5);
    expect(found['alignment/eye|point']).toBeCloseTo(1.5, 5);
    expect(found['uniformity/eye']).toBeCloseTo(-4, 5);
    expect(found['effectiveRank/eye']).toBeCloseTo(3, 4);
    expect(found['uniformity/point']).toBeCloseTo(0, 6);
    expect(found['effectiveRank/point']).toBe(0);
  });

  it('leaves out what has too few rows', async () => {
    const embeddings = { a: sampleRows(3, 4, 1), b: sampleRows(3, 4, 2), c: sampleRows(3, 4, 3) };
    const presence = { a: [1, 0, 0], b: [1, 1, 0], c: [0, 0, 0] };
    expect(Object.keys(await named(embeddings, { presence }))).toEqual([
      'alignment/a|b',
      'uniformity/b',
      'effectiveRank/b',
    ]);
    expect(await named({ a: [] as number[][] })).toEqual({});
  });

  it('in chunks of rows are those of the whole', async () => {
    const embeddings = { a: sampleRows(150, 5, 1) };
    const whole = await named(embeddings);
    expect(whole['uniformity/a']).toBeCloseTo(diagnosticsReference(embeddings)['uniformity/a']!, 4);
    for (const chunkBytes of [1, 8 * 150 * 64]) {
      const cut = await named(embeddings, { chunkBytes });
      expect(cut['uniformity/a']).toBeCloseTo(whole['uniformity/a']!, 5);
    }
  });

  test.prop([fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 })], { numRuns: 5 })(
    'do not change when materials are shuffled',
    async (order) => {
      const embeddings = { a: sampleRows(6, 5, 1), b: sampleRows(6, 5, 2) };
      const [plain, shuffled] = [await named(embeddings), await named(reordered(embeddings, order))];
      for (const [name, value] of Object.entries(plain)) expect(shuffled[name]).toBeCloseTo(value, 5);
    },
  );

  it('run inside a captured step, without gradient', async () => {
    using step = capture(device, ({ a, b }: { a: Tensor; b: Tensor }) => diagnostics({ a, b }));
    for (const seed of [1, 3, 5, 7]) {
      const embeddings = { a: sampleRows(6, 5, seed), b: sampleRows(6, 5, seed + 1) };
      const input = (rows: Rows) => ({ shape: [6, 5], values: Float32Array.from(rows.flat()) });
      const found = step({ a: input(embeddings.a), b: input(embeddings.b) });
      expect(Object.values(found).every(({ node }) => node === null)).toBe(true);
      const expected = diagnosticsReference(embeddings);
      for (const [name, value] of Object.entries(expected)) {
        expect(await found[name]!.item()).toBeCloseTo(value, 4);
      }
    }
    expect([step.stats.replays, step.stats.fallback]).toEqual([2, null]);
  });
});
