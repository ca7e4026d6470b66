import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error';
import { configHash } from './config-hash';
import { parseConfig } from './resolve-config';

/** The shortest experiment that is one. */
const MINIMAL = `name: smoke
data:
  source: reference
model:
  structure:
    kind: cgcnn
  views: { phononDos: { kind: mlp } }

loss:
  kind: all-pairs-clip
optim:
  schedule:
    kind: warmup-cosine
training:
  steps: 20
`;

/** The ConfigError that `run` must throw. */
function faultOf(run: () => unknown): ConfigError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error as ConfigError;
  }
  throw new Error('expected a ConfigError');
}

/** The ConfigError of a text called `config.yaml`. */
const faultIn = (text: string) => faultOf(() => parseConfig(text, { file: 'config.yaml' }));

describe('defaults', () => {
  it('fills in what the file leaves out', () => {
    expect(parseConfig(MINIMAL)).toEqual({
      name: 'smoke',
      seed: 0,
      data: { source: 'reference', tier: 'A' },
      graph: { neighbors: 12, cutoffAngstrom: 8, symmetric: true },
      model: {
        embeddingDim: 128,
        structure: {
          kind: 'cgcnn',
          width: 64,
          convolutions: 3,
          distanceBins: 40,
          descriptors: true,
          descriptorWidth: 256,
          dropout: 0.1,
        },
        views: { phononDos: { kind: 'mlp', width: 256, layers: 2, dropout: 0.1 } },
      },
      loss: { kind: 'all-pairs-clip', temperature: 0.07, learnTemperature: false, margin: 0 },
      optim: {
        learningRate: 1e-3,
        weightDecay: 0.01,
        betas: [0.9, 0.999],
        epsilon: 1e-8,
        clipNorm: 1,
        schedule: { kind: 'warmup-cosine', warmupFraction: 0.1, finalFraction: 0.001 },
      },
      training: {
        steps: 20,
        batchSize: 128,
        checkpointEvery: 200,
        evaluateEvery: null,
        logEvery: 10,
        activationCheckpointing: false,
        keepBest: 'val/mrr',
      },
    });
  });

  it('freezes every level', () => {
    const config = parseConfig(MINIMAL);
    for (const part of [config, config.model, config.model.structure, config.optim.betas]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  // The digest was computed outside this program, from the canonical JSON written by hand.
  it('pins the hash of one experiment', async () => {
    expect(await configHash(parseConfig(MINIMAL))).toBe(
      '82461c08c927b7e13cf570fe6b497641be5ed9e52396b56957582d5b9ce74e40',
    );
  });
});

describe('faults name file, line, column, field, expectation and value', () => {
  it.each([
    [
      'steps: 20',
      'steps: "abc"',
      'config.yaml:15:3 training.steps must be a positive integer of at most 1000000000, got "abc".',
    ],
    [
      'steps: 20',
      'steps: 2.5',
      'config.yaml:15:3 training.steps must be a positive integer of at most 1000000000, got 2.5.',
    ],
    [
      'steps: 20',
      'steps: 20\n  batchSize: .inf',
      'config.yaml:16:3 training.batchSize must be an integer of at least 2 and at most 1048576, got Infinity.',
    ],
    [
      'steps: 20',
      'steps: 20\n  microBatch: 48',
      'config.yaml:16:3 training.microBatch must be a divisor of training.batchSize, got 48.',
    ],
    [
      'steps: 20',
      'steps: 20\n  microBatch: 256',
      'config.yaml:16:3 training.microBatch must be a divisor of training.batchSize, got 256.',
    ],
    [
      'steps: 20',
      'steps: 20\n  microBatch: 0',
      'config.yaml:16:3 training.microBatch must be a positive integer of at most 1048576, got 0.',
    ],
    [
      'steps: 20',
      'steps: 20\n  epochs: 3',
      'config.yaml:14:1 training must be a mapping with exactly one of steps, epochs, got steps and epochs.',
    ],
    [
      'steps: 20',
      'logEvery: 2',
      'config.yaml:14:1 training must be a mapping with exactly one of steps, epochs, got none of them.',
    ],
    [
      'source: reference',
      'source: jarvis',
      'config.yaml:3:3 data.source must be one of "reference", "jarvis-phdos", "mp-crystals", "obelix", "multimat-sample", "synthesis-recipes", "neu-det", "magnetic-tile", "stored", got "jarvis".',
    ],
    [
      'source: reference',
      'tier: A',
      'config.yaml:2:1 data.source must be one of "reference", "jarvis-phdos", "mp-crystals", "obelix", "multimat-sample", "synthesis-recipes", "neu-det", "magnetic-tile", "stored", got nothing.',
    ],
    [
      'name: smoke',
      'name: [1, 2]',
      'config.yaml:1:1 name must be text that matches ^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$, got a list of 2.',
    ],
    [
      'kind: mlp',
      'kind: mlp, dropout: 1',
      'config.yaml:7:36 model.views.phononDos.dropout must be a number of at least 0 and less than 1, got 1.',
    ],
    [
      'optim:',
      'optim:\n  betas: [0.9]',
      'config.yaml:12:3 optim.betas must be a list of 2 numbers, got a list of 1.',
    ],
    [
      'optim:',
      'optim:\n  betas: [0.9, 1]',
      'config.yaml:12:16 optim.betas.1 must be a number of at least 0 and less than 1, got 1.',
    ],
    [
      'optim:',
      'optim:\n  clipNorm: -1',
      'config.yaml:12:3 optim.clipNorm must be a positive number or null, got -1.',
    ],
    ['name: smoke', 'name: smoke\ngraph:', 'config.yaml:2:1 graph must be a mapping, got null.'],
    [
      'optim:',
      'optim:\n  learningRatte: 1',
      'config.yaml:12:3 optim.learningRatte must be a known key, got "learningRatte". Did you mean "learningRate"?',
    ],
    [
      'steps: 20',
      'steps: 20\n  learningRate: 1',
      'config.yaml:16:3 training.learningRate must be a known key, got "learningRate". Did you mean "optim.learningRate" or "textPretraining.learningRate"?',
    ],
    [
      'source: reference',
      'source: reference\n  colour: 1',
      'config.yaml:4:3 data.colour must be a known key, got "colour". Known here: source, root, tier, descriptions, formulas, exceptMp, fold, split, splitBy, all, limit, trainLimit, shuffledPairs.',
    ],
    [
      'name: smoke',
      'name: smoke\n__proto__: 1',
      'config.yaml:2:1 __proto__ must be a known key, got "__proto__". Known here: name, description, expect, seed, data, graph, model, init, loss, targets, optim, training, textPretraining.',
    ],
    [
      'name: smoke',
      'name: smoke\nname: again',
      'config.yaml:2:1 name must be given once, got it twice in one mapping. Remove one.',
    ],
    [
      '  steps: 20',
      '\tsteps: 20',
      'config.yaml:15:1 indentation must be spaces, got a tab. Replace the tab with spaces.',
    ],
    [
      'name: smoke',
      'name: a\n---\nname: b',
      'config.yaml:2:1 the file must be one YAML document, got several. Remove the lines "---" after the first.',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(faultIn(MINIMAL.replace(from, to)).message.split('\n')).toContain(message);
  });

  it('reports every fault at once', () => {
    const broken = MINIMAL.replace('name: smoke', 'nmae: smoke').replace(
      'steps: 20',
      'steps: 0\n  epochs: 1',
    );
    expect(
      faultIn(broken)
        .issues.map((issue) => issue.path)
        .sort(),
    ).toEqual(['name', 'nmae', 'training', 'training.steps']);
  });

  it.each([
    '- a',
    '3',
    '[',
    '{a: ',
    '"open',
    '&a [*a]',
    '!!set {a}',
    '!own 1',
    '%YAML 9\n---\na',
    '@',
    `${'['.repeat(20_000)}`,
  ])('not a mapping, or not YAML: %.20j', (broken) => {
    expect(faultIn(broken).issues[0]!.location).toMatch(/^config\.yaml:\d+:\d+$/);
  });

  it('refuses an exploding alias chain and a huge file', () => {
    const bomb = Array.from(
      { length: 12 },
      (_, i) =>
        `a${i}: &a${i} [${
          i === 0
            ? 1
            : Array(9)
                .fill(`*a${i - 1}`)
                .join(', ')
        }]`,
    );
    expect(faultIn(bomb.join('\n')).code).toBe('SYNTAX');
    expect(faultIn(`# ${'x'.repeat(1 << 20)}`).code).toBe('TOO_LARGE');
  });
});
