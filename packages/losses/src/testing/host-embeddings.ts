import { sampleUniform } from '@bravais/tensor-core/testing';
import { fc } from '@fast-check/vitest';
import type { HostEmbeddings } from './alignment-run';

/** A batch of embeddings with everything that makes one awkward. */
export interface AwkwardBatch {
  readonly embeddings: HostEmbeddings;
  readonly presence: Readonly<Record<string, number[]>>;
  /** Largest element of each modality. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** How batches are drawn. */
export interface BatchLimits {
  readonly modalities: readonly [least: number, most: number];
  readonly batch: number;
  readonly features: number;
  /** Largest elements to choose from, one for each modality. */
  readonly sizes: readonly number[];
}

/** Batches of any size down to no row, with zero rows, repeated rows and missing modalities. */
export function awkwardBatches(limits: BatchLimits): fc.Arbitrary<AwkwardBatch> {
  const [least, most] = limits.modalities;
  return fc
    .record({
      count: fc.integer({ min: least, max: most }),
      batch: fc.integer({ min: 0, max: limits.batch }),
      features: fc.integer({ min: 1, max: limits.features }),
      seed: fc.nat(9999),
      masks: fc.constantFrom('none', 'some', 'all absent'),
      zeroRows: fc.boolean(),
      repeats: fc.boolean(),
      sizes: fc.array(fc.constantFrom(...limits.sizes), { minLength: most, maxLength: most }),
    })
    .map(({ count, batch, features, seed, masks, zeroRows, repeats, sizes }) => {
      const names = ['structure', 'spectrum', 'density', 'text', 'image'].slice(0, count);
      const coins = sampleUniform([count, batch], seed + 10_000, 0, 1);
      const embeddings = names.map((name, which) => {
        const size = sizes[which]!;
        const data = sampleUniform([batch, features], 7 * seed + which, -size, size);
        if (zeroRows && batch > 2) data.fill(0, features, 2 * features);
        if (repeats && batch > 3) data.copyWithin(0, 3 * features, 4 * features);
        return [name, { shape: [batch, features] as const, data }] as const;
      });
      const mask = (which: number): number[] =>
        Array.from(coins.subarray(which * batch, (which + 1) * batch), (coin) =>
          masks === 'some' ? Number(coin < 0.8) : 0,
        );
      const masked = masks === 'none' ? [] : names.slice(masks === 'all absent' ? -1 : 0);
      return {
        embeddings: Object.fromEntries(embeddings),
        presence: Object.fromEntries(masked.map((name, which) => [name, mask(which)])),
        sizes: Object.fromEntries(names.map((name, which) => [name, sizes[which]!])),
      };
    });
}

/** Batches of three modalities of any finite numbers at all. */
export const anyFinite: fc.Arbitrary<HostEmbeddings> = fc
  .record({ batch: fc.integer({ min: 2, max: 6 }), features: fc.integer({ min: 1, max: 5 }) })
  .chain(({ batch, features }) => {
    const rows = fc
      .array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
        minLength: batch * features,
        maxLength: batch * features,
      })
      .map((values) => ({ shape: [batch, features] as const, data: Float32Array.from(values) }));
    return fc.record({ structure: rows, spectrum: rows, density: rows });
  });
