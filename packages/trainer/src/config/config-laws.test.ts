import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { StructureEncoderConfig } from '../model/structure-encoders';
import { ConfigError } from './config-error';
import { configHash } from './config-hash';
import { dumpConfig } from './dump-config';
import type { ExperimentConfig } from './experiment-config';
import { parseConfig, resolveConfig } from './resolve-config';

const positive = fc.double({ min: 1e-12, max: 40, noNaN: true });
const below1 = fc.double({ min: 0, max: 0.999, noNaN: true });
const count = fc.integer({ min: 2, max: 64 });
const four = fc.integer({ min: 1, max: 16 }).map((n) => 4 * n);
const pooling = fc.constantFrom('mean' as const, 'sum' as const, 'attention' as const);
const text = fc.string({ unit: 'grapheme', maxLength: 30 });

/** Any encoder of crystal structures, with every key that has a default. */
const structures: fc.Arbitrary<StructureEncoderConfig> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('cgcnn' as const),
      width: four,
      convolutions: count,
      distanceBins: count,
      pooling,
      descriptors: fc.boolean(),
      descriptorWidth: count,
      dropout: below1,
    },
    {
      requiredKeys: [
        'kind',
        'width',
        'convolutions',
        'distanceBins',
        'descriptors',
        'descriptorWidth',
        'dropout',
      ],
    },
  ),
  fc.record({
    kind: fc.constant('cogn' as const),
    width: four,
    blocks: count,
    edgeLayers: fc.integer({ min: 1, max: 16 }),
    distanceBins: count,
    pooling,
    elementProperties: fc.boolean(),
    dropout: below1,
  }),
  fc.record({
    kind: fc.constant('potnet' as const),
    width: four,
    convolutions: count,
    distanceBins: count,
    potentialBins: count,
    dropout: below1,
  }),
  fc.record({
    kind: fc.constant('graph-conv-3d' as const),
    width: count,
    convolutions: count,
    distanceBins: count,
    pooling,
    elementProperties: fc.boolean(),
    dropout: below1,
  }),
  fc.record({
    kind: fc.constant('composition' as const),
    width: count,
    layers: count,
    elementProperties: fc.boolean(),
    dropout: below1,
  }),
);

/** Any experiment a file can say, written with every key. */
const experiments: fc.Arbitrary<ExperimentConfig> = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/),
    description: fc.option(text, { nil: undefined }),
    expect: fc.option(
      fc.record({
        command: fc.string({ minLength: 1, maxLength: 20 }),
        minutes: positive,
        scores: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9@/-]{0,9}$/), below1),
      }),
      { nil: undefined },
    ),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    data: fc.record({
      source: fc.constantFrom('reference' as const, 'jarvis-phdos' as const),
      root: fc.string({ minLength: 1, maxLength: 20 }),
      tier: fc.constantFrom('A' as const, 'exact' as const, 'A+exact' as const),
      limit: count,
    }),
    graph: fc.record({ neighbors: count, cutoffAngstrom: positive, symmetric: fc.boolean() }),
    model: fc.record({
      embeddingDim: count,
      structure: structures,
      views: fc.record({
        phononDos: fc.record({
          kind: fc.constant('mlp' as const),
          width: count,
          layers: count,
          dropout: below1,
        }),
      }),
    }),
    loss: fc.record({
      kind: fc.constant('all-pairs-clip' as const),
      margin: below1,
      temperature: positive,
      learnTemperature: fc.boolean(),
    }),
    optim: fc.record({
      learningRate: positive,
      weightDecay: below1,
      betas: fc.tuple(below1, below1),
      epsilon: positive,
      clipNorm: fc.option(positive),
      schedule: fc.record({
        kind: fc.constantFrom('warmup-cosine' as const, 'one-cycle' as const, 'constant' as const),
        warmupFraction: below1,
        finalFraction: below1,
      }),
    }),
    training: fc
      .record({
        batchSize: count,
        microBatch: fc.constant(1),
        checkpointEvery: count,
        evaluateEvery: fc.option(count),
        logEvery: count,
        activationCheckpointing: fc.boolean(),
        keepBest: fc.constant('val/mrr'),
        length: count,
        unit: fc.constantFrom('steps' as const, 'epochs' as const),
      })
      .map(({ length, unit, ...rest }) => ({ [unit]: length, ...rest })),
  })
  .map((config) => {
    const entries = Object.entries(config).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries) as unknown as ExperimentConfig;
  });

describe('laws of a config', () => {
  property.prop([experiments], { numRuns: 40 })('resolving changes nothing that was said', (config) => {
    expect(resolveConfig(config)).toEqual(config);
  });

  property.prop([experiments], { numRuns: 40 })(
    'the dump reads back as the same config, and dumps the same',
    (config) => {
      const dump = dumpConfig(resolveConfig(config));
      const again = parseConfig(dump);
      expect(again).toEqual(config);
      expect(dumpConfig(again)).toBe(dump);
    },
  );

  property.prop([experiments, fc.integer({ min: 1, max: 1000 })], { numRuns: 30 })(
    'the hash ignores key order and sees every change',
    async (config, by) => {
      const turned = Object.fromEntries(Object.entries(config).reverse()) as unknown as ExperimentConfig;
      expect(await configHash(turned)).toBe(await configHash(config));
      const changed = { ...config, seed: config.seed + by };
      expect(await configHash(changed)).not.toBe(await configHash(config));
    },
  );

  property.prop([fc.string({ unit: 'binary', maxLength: 200 })], { numRuns: 150 })(
    'noise is a ConfigError',
    (noise) => {
      expect(() => parseConfig(noise)).toThrow(ConfigError);
    },
  );

  property.prop([experiments, fc.nat(), fc.string({ unit: 'binary', maxLength: 4 })], { numRuns: 150 })(
    'a damaged file is a config or a ConfigError',
    (config, at, noise) => {
      const file = dumpConfig(config);
      const cut = at % file.length;
      try {
        parseConfig(file.slice(0, cut) + noise + file.slice(cut + 1));
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    },
  );
});
