import { decodeSafetensors, encodeSafetensors } from '@bravais/datasets';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { parseConfig, resolveConfig } from '../config/resolve-config';
import { sha256Hex } from '../config/sha256';
import { CheckpointError } from './checkpoint-error';
import {
  type CheckpointContents,
  type CheckpointFiles,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint-files';
import type { TrainerState } from './trainer-state';

const config = resolveConfig({
  name: 'smoke',
  data: { source: 'reference' },
  model: { structure: { kind: 'cgcnn' }, views: { phononDos: { kind: 'mlp' } } },
  loss: { kind: 'all-pairs-clip' },
  optim: { schedule: { kind: 'constant' } },
  training: { steps: 20 },
});

const contents: CheckpointContents = {
  config,
  progress: {
    step: 12,
    epoch: 1,
    stepInEpoch: 2,
    seed: 0,
    adapter: 'llvmpipe',
    best: { metric: 'val/mrr', value: 0.25, step: 10 },
  },
  model: new Map([
    ['layers.0.weight', { dtype: 'F32', shape: [2, 2], data: new Float32Array([1, 2, 3, 4]) }],
  ]),
  viewOptions: { phononDos: { count: 66, per: 'max' } },
  scores: { 'r@10': 0.75 },
  optimizer: new Map([['layers.0.weight.m', { dtype: 'F32', shape: [2, 2], data: new Float32Array(4) }]]),
};
const files = await encodeCheckpoint(contents);

async function faultOf(promise: Promise<unknown>): Promise<CheckpointError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CheckpointError);
  return error as CheckpointError;
}

describe('a checkpoint', () => {
  it('reads back as it was written, and writes the same bytes again', async () => {
    const { state, ...read } = await decodeCheckpoint(files);
    const { progress, ...expected } = contents;
    expect(read).toEqual(expected);
    expect(state).toMatchObject(progress);
    expect(await encodeCheckpoint(contents)).toEqual(files);
  });

  it('is refused where its views were made in another way, and taken where it does not say', async () => {
    const withViews = async (views: string | null): Promise<CheckpointFiles> => {
      const { tensors, metadata } = decodeSafetensors(files.get('model.safetensors')!);
      expect(JSON.parse(metadata['bravais.views']!)).toMatchObject({
        phononDos: { length: 66, axis: { step: 20 } },
      });
      const { 'bravais.views': _, ...rest } = metadata;
      const model = encodeSafetensors(tensors, views === null ? rest : { ...rest, 'bravais.views': views });
      const state = JSON.parse(new TextDecoder().decode(files.get('trainer-state.json'))) as TrainerState;
      const digest = { bytes: model.length, sha256: await sha256Hex(model) };
      const changed = { ...state, files: { ...state.files, 'model.safetensors': digest } };
      const text = new TextEncoder().encode(JSON.stringify(changed));
      return new Map([...files, ['model.safetensors', model], ['trainer-state.json', text]]);
    };
    const fault = await faultOf(
      decodeCheckpoint(await withViews('{"phononDos":{"kind":"spectrum","length":66}}')),
    );
    expect(fault.code).toBe('STATE');
    expect(fault.message).toContain('its views must be made as this version makes them');
    expect((await decodeCheckpoint(await withViews(null))).model).toEqual(contents.model);
  });

  it('holds config and card beside the weights, and the config in the weights', () => {
    const text = (name: string) => new TextDecoder().decode(files.get(name));
    expect([...files.keys()].sort()).toEqual(
      [
        'README.md',
        'config.json',
        'config.yaml',
        'model.safetensors',
        'optimizer.safetensors',
        'trainer-state.json',
      ].sort(),
    );
    expect(parseConfig(text('config.yaml'))).toEqual(config);
    expect(text('README.md')).toContain('simulated phonon DOS');
    expect(text('README.md')).toContain('| stored numbers | 4 |');
    const { metadata } = decodeSafetensors(files.get('model.safetensors')!);
    expect(resolveConfig(JSON.parse(metadata['bravais.config']!))).toEqual(config);
  });

  it.each(['model.safetensors', 'optimizer.safetensors', 'config.json', 'trainer-state.json'])(
    'needs %s',
    async (name) => {
      const rest = new Map([...files].filter(([file]) => file !== name));
      const fault = await faultOf(decodeCheckpoint(rest, 'run/last'));
      expect(fault.code).toBe('MISSING_FILE');
      expect(fault.message).toContain(`run/last: a checkpoint must hold ${name}`);
    },
  );

  it('does without card and YAML', async () => {
    const rest = new Map([...files].filter(([file]) => !/README|yaml/.test(file)));
    expect((await decodeCheckpoint(rest)).config).toEqual(config);
  });

  property.prop([
    fc.constantFrom('model.safetensors', 'optimizer.safetensors', 'config.json', 'trainer-state.json'),
    fc.nat(),
    fc.integer({ min: 1, max: 255 }),
  ])('a changed byte is refused, or leaves what was said', async (name, at, flip) => {
    const bytes = files.get(name)!.slice();
    bytes[at % bytes.length]! ^= flip;
    const changed = new Map(files).set(name, bytes);
    if (name !== 'trainer-state.json') {
      expect((await faultOf(decodeCheckpoint(changed))).code).toBe('CHECKSUM');
      return;
    }
    const outcome = await decodeCheckpoint(changed).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(CheckpointError);
  });

  property.prop([fc.constantFrom('model.safetensors', 'optimizer.safetensors', 'config.json'), fc.nat()])(
    'a file cut anywhere is refused as cut',
    async (name, at) => {
      const bytes = files.get(name)!;
      const cut = new Map(files).set(name, bytes.slice(0, at % bytes.length));
      const fault = await faultOf(decodeCheckpoint(cut, 'last'));
      expect(fault.code).toBe('TRUNCATED');
      expect(fault.message).toContain(
        `last/${name}: must be ${bytes.length} bytes, got ${at % bytes.length}.`,
      );
    },
  );

  it.each([
    [
      '"step": 12',
      '"step": -1',
      'last/trainer-state.json: step must be an integer of at least 0, got -1. Use a checkpoint written by this version.',
    ],
    [
      '"formatVersion": 1',
      '"formatVersion": 2',
      'last/trainer-state.json: formatVersion must be 1, got 2. Use a checkpoint written by this version.',
    ],
    [
      '"step": 10',
      '"step": "ten"',
      'last/trainer-state.json: best.step must be an integer of at least 0, got "ten". Use a checkpoint written by this version.',
    ],
  ])('%s → %s is refused', async (from, to, message) => {
    const text = new TextDecoder().decode(files.get('trainer-state.json')).replace(from, to);
    const changed = new Map(files).set('trainer-state.json', new TextEncoder().encode(text));
    expect((await faultOf(decodeCheckpoint(changed, 'last'))).message).toBe(message);
  });
});
