import { encodeSafetensors } from '@bravais/datasets';
import { createTokenizer } from '@bravais/datasets/text';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config';
import { sha256Hex } from '../config/sha256';
import { fitTokenizer } from '../model/view-encoders/fitted-tokenizer';
import {
  type CheckpointContents,
  type CheckpointFiles,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint-files';
import { type Divergence, decodeDivergence, encodeDivergence } from './divergence';
import { decodeModel } from './model-file';
import { describeEnding, runEnding } from './run-ending';
import { environmentChanges } from './software-versions';
import type { TrainerState } from './trainer-state';

const configWith = (training: object) =>
  resolveConfig({
    name: 'words',
    data: { source: 'reference' },
    model: {
      structure: { kind: 'cgcnn' },
      views: { description: { kind: 'text-transformer', vocabularySize: 280 } },
    },
    loss: { kind: 'all-pairs-clip' },
    optim: { schedule: { kind: 'constant' } },
    training,
  });
const config = configWith({ steps: 20 });
const progress = { step: 12, epoch: 1, stepInEpoch: 2, seed: 0, adapter: 'llvmpipe', best: null };
const texts = ['NaCl is halite, rock salt structured.', 'Si is diamond structured.'];
const { tokenizer } = fitTokenizer({ view: 'description', form: { kind: 'text' } }, texts, 280);
const model: CheckpointContents['model'] = new Map([
  [
    'preprocessing.description.tokenizer',
    { dtype: 'I32' as const, shape: [tokenizer!.length], data: tokenizer as Int32Array },
  ],
]);
const versions = { node: '24.1.0', '@bravais/trainer': '1.2.3', webgpu: '0.6.2' };
const contents: CheckpointContents = { config, progress, model, optimizer: new Map(), versions };
const files = await encodeCheckpoint(contents);

const textOf = (of: CheckpointFiles, name: string): string => new TextDecoder().decode(of.get(name));

/** The checkpoint with one more file changed, and a digest that agrees with it. */
async function withFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<CheckpointFiles> {
  const state = JSON.parse(textOf(files, 'trainer-state.json')) as TrainerState;
  const digest = { bytes: bytes.length, sha256: await sha256Hex(bytes) };
  const changed = { ...state, files: { ...state.files, [name]: digest } };
  const text = new TextEncoder().encode(JSON.stringify(changed));
  return new Map([...files, [name, bytes], ['trainer-state.json', text]]);
}

describe('tokenizer.json', () => {
  it('reads as the tokenizer in the weights, and reads texts as that does', async () => {
    const own = createTokenizer(textOf(files, 'tokenizer.json'));
    const bytes = new Uint8Array(tokenizer!.buffer, tokenizer!.byteOffset, tokenizer!.byteLength);
    const stored = createTokenizer(new TextDecoder().decode(bytes));
    for (const text of [...texts, 'LiFePO4 µ']) expect(own.encode(text)).toEqual(stored.encode(text));
    expect((await decodeCheckpoint(files)).model).toEqual(model);
    expect(textOf(files, 'README.md')).toContain('- `tokenizer.json`');
  });

  it('is not there where no text is read by tokens', async () => {
    const without = await encodeCheckpoint({ ...contents, model: new Map() });
    expect(without.has('tokenizer.json')).toBe(false);
    expect(textOf(without, 'README.md')).not.toContain('tokenizer.json');
    expect((await decodeCheckpoint(without)).model).toEqual(new Map());
  });

  it('may be missing in a checkpoint from before it was kept, and in no other', async () => {
    const rest = new Map([...files].filter(([name]) => name !== 'tokenizer.json'));
    await expect(decodeCheckpoint(rest, 'run/last')).rejects.toMatchObject({
      name: 'CheckpointError',
      code: 'MISSING_FILE',
      message: expect.stringContaining('run/last: a checkpoint must hold tokenizer.json'),
    });
    const state = JSON.parse(textOf(files, 'trainer-state.json')) as TrainerState;
    const { versions: _, ...older } = state;
    const { 'tokenizer.json': __, ...digests } = state.files;
    const text = new TextEncoder().encode(JSON.stringify({ ...older, files: digests }));
    const read = await decodeCheckpoint(new Map([...rest, ['trainer-state.json', text]]));
    expect(read.model).toEqual(model);
    expect(read.state.versions).toBeUndefined();
  });

  property.prop([fc.nat(), fc.integer({ min: 1, max: 255 })])(
    'with a changed byte is refused by its name',
    async (at, flip) => {
      const bytes = files.get('tokenizer.json')!.slice();
      bytes[at % bytes.length]! ^= flip;
      const changed = new Map(files).set('tokenizer.json', bytes);
      await expect(decodeCheckpoint(changed, 'run/last')).rejects.toMatchObject({
        name: 'CheckpointError',
        code: 'CHECKSUM',
        message: expect.stringContaining('run/last/tokenizer.json: '),
      });
    },
  );

  it.each([
    ['no JSON', () => '{"version"'],
    ['another id of a token', (text: string) => text.replace(/": 270(,?)$/m, '": 271$1')],
    [
      'another order of members',
      (text: string) => text.replace(/^( +".*": 270),\n( +".*": 271)/m, '$2,\n$1'),
    ],
  ])('that was edited along with its digest is refused: %s', async (_what, edit) => {
    const edited = edit(textOf(files, 'tokenizer.json'));
    expect(edited).not.toBe(textOf(files, 'tokenizer.json'));
    const changed = await withFile('tokenizer.json', new TextEncoder().encode(edited));
    await expect(decodeCheckpoint(changed, 'run/last')).rejects.toMatchObject({
      name: 'CheckpointError',
      code: 'STATE',
      message: expect.stringContaining('run/last/tokenizer.json: must be '),
    });
  });

  it('beside weights without a tokenizer is refused', async () => {
    const bare = encodeSafetensors(new Map(), { 'bravais.config': JSON.stringify(config) });
    const changed = await withFile('model.safetensors', bare);
    await expect(decodeCheckpoint(changed)).rejects.toThrow('one beside weights that have none');
  });
});

describe('versions', () => {
  it('stand in the state, in the weights and in the card', async () => {
    expect((await decodeCheckpoint(files)).state.versions).toEqual(versions);
    expect(decodeModel(files.get('model.safetensors')!).versions).toEqual(versions);
    expect(textOf(files, 'README.md')).toContain(
      '| versions | node 24.1.0, @bravais/trainer 1.2.3, webgpu 0.6.2 |',
    );
    const { versions: _, ...untold } = contents;
    expect(textOf(await encodeCheckpoint(untold), 'README.md')).toContain('| versions | not recorded |');
  });

  it('that are no texts are refused', () => {
    const metadata = { 'bravais.config': JSON.stringify(config), 'bravais.versions': '{"node":24}' };
    expect(() => decodeModel(encodeSafetensors(new Map(), metadata), 'm')).toThrow(
      'm: versions must be texts by name, got {"node":24}.',
    );
  });

  const named = () => fc.dictionary(fc.constantFrom('node', 'webgpu', 'toString', '__proto__'), fc.string());
  property.prop([named(), named()])('differ where a name or its version differs', (before, now) => {
    expect(environmentChanges(before, { ...before })).toEqual([]);
    const changes = environmentChanges(before, now);
    const back = Object.entries(now).filter(([name]) => !changes.some((change) => change.name === name));
    for (const [name, version] of back) expect(before[name]).toBe(version);
    const ownIn = (of: Record<string, string>, name: string) => (Object.hasOwn(of, name) ? of[name] : null);
    for (const change of changes) {
      expect(change.before).toBe(ownIn(before, change.name));
      expect(change.now).toBe(ownIn(now, change.name));
      expect(change.before).not.toBe(change.now);
    }
  });
});

const failed: Divergence = {
  step: 13,
  loss: Number.NaN,
  gradientNorm: Number.POSITIVE_INFINITY,
  batch: Array.from({ length: 12 }, (_, at) => `mp-${at}`),
  notFinite: { embedding: { modality: 'description', id: 'mp-3' }, gradient: 'structure.head' },
};

describe('diagnosis.json', () => {
  property.prop([
    fc.integer({ min: 1 }),
    fc.double(),
    fc.double(),
    fc.array(fc.string()),
    fc.record({ parameter: fc.string(), term: fc.string(), gradient: fc.string() }, { requiredKeys: [] }),
  ])('reads back as it was written', (step, loss, gradientNorm, batch, notFinite) => {
    const divergence = { step, loss: loss + 0, gradientNorm: gradientNorm + 0, batch, notFinite };
    expect(decodeDivergence(encodeDivergence(divergence), 'd')).toEqual(divergence);
  });

  it.each(['{"step":', '{}', '{"step":1,"loss":"much","gradientNorm":"1","batch":[],"notFinite":{}}'])(
    'is refused where it says something else: %s',
    (text) => {
      expect(() => decodeDivergence(text, 'run/diverged/diagnosis.json')).toThrow(
        expect.objectContaining({
          name: 'CheckpointError',
          code: 'STATE',
          message: expect.stringContaining('run/diverged/diagnosis.json: must be a diagnosis'),
        }),
      );
    },
  );
});

describe('the card', () => {
  const cardOf = async (changes: Partial<CheckpointContents>) =>
    textOf(await encodeCheckpoint({ ...contents, ...changes }), 'README.md');

  it('of a run that diverged tells what failed', async () => {
    const card = await cardOf({ divergence: failed });
    for (const part of [
      '| run | diverged: loss NaN and gradient norm Infinity at step 13; first not finite: the description embedding of mp-3 |',
      '## Diagnosis',
      '| failed | step 13; the weights here are those before it |',
      '| batch | mp-0, mp-1, mp-2, mp-3, mp-4, mp-5, mp-6, mp-7, … (12 in all) |',
      '- `diagnosis.json`: ',
    ]) {
      expect(card).toContain(part);
    }
  });

  it('tells averages and patience, also that there are none', async () => {
    const plain = await cardOf({});
    expect(plain).toContain('| averages | none |\n| early stopping | none |');
    expect(plain).not.toContain('Diagnosis');
    const guarded = configWith({ steps: 20, ema: 0.99, patience: 2, evaluateEvery: 4 });
    const card = await cardOf({ config: guarded });
    expect(card).toContain('| averages | exponential moving average of the parameters, decay 0.99;');
    expect(card).toContain('| early stopping | patience of 2 evaluations without a better val/mrr |');
  });
});

describe('how a run stands', () => {
  const best = { metric: 'val/mrr', value: 0.4, step: 4 };
  const patient = configWith({ steps: 20, patience: 2, evaluateEvery: 4 });
  it.each([
    ['finished', { steps: 20 }, { step: 20, epoch: 1, best: null }],
    ['unfinished', { steps: 20 }, { step: 19, epoch: 1, best: null }],
    ['finished', { epochs: 3 }, { step: 30, epoch: 3, best: null }],
    ['unfinished', { epochs: 3 }, { step: 29, epoch: 2, best: null }],
    ['unfinished', { steps: 20, patience: 2, evaluateEvery: 4 }, { step: 11, epoch: 0, best }],
    ['stopped-early', { steps: 20, patience: 2, evaluateEvery: 4 }, { step: 12, epoch: 0, best }],
    ['finished', { steps: 20, patience: 2, evaluateEvery: 4 }, { step: 20, epoch: 0, best }],
  ] as const)('%s: %j at %j', (ending, training, at) => {
    expect(runEnding(configWith(training), at)).toBe(ending);
    expect(runEnding(configWith(training), at, failed)).toBe('diverged');
  });

  it('is said with the reason', () => {
    expect(describeEnding(patient, { step: 12, epoch: 0, best })).toBe(
      'stopped early after step 12: 2 evaluations without a better val/mrr than 0.4000 after step 4',
    );
    expect(describeEnding(patient, { step: 20, epoch: 0, best })).toBe('finished: all 20 steps');
    expect(describeEnding(patient, { step: 5, epoch: 0, best })).toContain('not ended at step 5');
  });
});
