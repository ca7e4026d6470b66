import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config';
import type { TrainingEvent } from '../training/events';
import { evaluate } from './evaluate';
import { pretrain } from './pretrain';
import { readConfig } from './read-config';

const SMOKE = join(import.meta.dirname, '..', '..', '..', '..', 'experiments', 'smoke.yaml');

let device: Device;
const out = mkdtempSync(join(tmpdir(), 'bravais-runs-'));
beforeAll(async () => {
  device = await testDevice();
});
afterAll(() => {
  rmSync(out, { recursive: true });
});

function config(...overrides: string[]): Promise<ExperimentConfig> {
  const small = [
    'data.limit=40',
    'training.batchSize=16',
    'training.steps=6',
    'training.checkpointEvery=3',
    'training.evaluateEvery=3',
  ];
  return readConfig(SMOKE, [...small, 'training.logEvery=1', ...overrides]);
}

const text = (...path: string[]): string => readFileSync(join(out, ...path), 'utf8');

const EVENTS: unknown = expect.stringMatching(/^events\.out\.tfevents\.\d{10}\.bravais$/);

describe('pretrain', () => {
  it('leaves metrics and checkpoints, the same bytes for the same seed', async () => {
    for (const name of ['a', 'b'])
      await pretrain({ config: await config(), outDir: join(out, name), device });
    await pretrain({ config: await config('seed=1'), outDir: join(out, 'c'), device });
    expect(readdirSync(join(out, 'a')).sort()).toEqual([
      'best',
      EVENTS,
      'last',
      'metrics.jsonl',
      'timing.jsonl',
    ]);
    expect(text('b', 'metrics.jsonl')).toBe(text('a', 'metrics.jsonl'));
    expect(text('b', 'last', 'trainer-state.json')).toBe(text('a', 'last', 'trainer-state.json'));
    expect(text('c', 'metrics.jsonl')).not.toBe(text('a', 'metrics.jsonl'));
  });

  it('stopped and resumed, ends as the run that was never stopped', async () => {
    const controller = new AbortController();
    const outDir = join(out, 'stopped');
    const early = await pretrain({
      config: await config(),
      outDir,
      device,
      signal: controller.signal,
      onEvent: (event) => event.kind === 'step' && event.step === 4 && controller.abort(),
    });
    // The next step was underway when the abort came.
    expect(early).toMatchObject({ status: 'interrupted', step: 5 });
    const rest = await pretrain({ config: await config(), outDir, device, resume: 'auto' });
    expect(rest).toMatchObject({ status: 'finished', step: 6 });
    expect(text('stopped', 'metrics.jsonl')).toBe(text('a', 'metrics.jsonl'));
    expect(text('stopped', 'last', 'trainer-state.json')).toBe(text('a', 'last', 'trainer-state.json'));
  });

  it('stopped while it fills in masked tokens and resumed, ends as the run that was never stopped', async () => {
    const words = [
      ...[
        ...['kind=text-transformer', 'vocabularySize=300', 'maxTokens=24', 'features=8', 'heads=2'],
        ...['headFeatures=4', 'hidden=8', 'blocks=1'],
      ].map((field) => `model.views.description.${field}`),
      'textPretraining.steps=8',
      'textPretraining.batchSize=8',
      'training.steps=2',
    ];
    const options = { config: await config(...words), device };
    const whole = await pretrain({ ...options, outDir: join(out, 'words') });
    expect(whole).toMatchObject({ status: 'finished', step: 2 });
    const controller = new AbortController();
    const outDir = join(out, 'stopped-words');
    const early = await pretrain({
      ...options,
      outDir,
      signal: controller.signal,
      onEvent: (event) => event.kind === 'masked-tokens' && event.step === 4 && controller.abort(),
    });
    expect(early).toMatchObject({ status: 'interrupted', step: 0 });
    expect(readdirSync(outDir).sort()).toEqual([EVENTS, 'metrics.jsonl', 'text-pretraining', 'timing.jsonl']);
    const other = { config: await config(...words, 'seed=5'), device, outDir };
    await expect(pretrain({ ...other, resume: 'auto' })).rejects.toMatchObject({ code: 'RESUME_MISMATCH' });
    await expect(pretrain(other)).rejects.toMatchObject({ code: 'OCCUPIED' });
    const events: TrainingEvent[] = [];
    const onEvent = (event: TrainingEvent) => events.push(event);
    const rest = await pretrain({ ...options, outDir, resume: 'auto', onEvent });
    expect(rest).toMatchObject({ status: 'finished', step: 2 });
    expect(events[0]).toMatchObject({ kind: 'resumed', folder: join(outDir, 'text-pretraining', 'last') });
    for (const file of [
      ['metrics.jsonl'],
      ['text-pretraining', 'metrics.jsonl'],
      ['text-pretraining', 'last', 'trainer-state.json'],
      ['last', 'trainer-state.json'],
    ])
      expect(text('stopped-words', ...file), file.join('/')).toBe(text('words', ...file));
  });

  it('says what the splits have in common', async () => {
    const events: TrainingEvent[] = [];
    const onEvent = (event: TrainingEvent) => events.push(event);
    await pretrain({ config: await config('training.steps=1'), outDir: join(out, 'leak'), device, onEvent });
    const reports = events.flatMap((event) => (event.kind === 'leakage' ? [event.report] : []));
    expect(reports.map(({ counts }) => counts)).toEqual([{ train: 40, val: 40, test: 40 }]);
  });

  it('does not bury the run of another config, unless told to', async () => {
    const other = { config: await config('seed=7'), outDir: join(out, 'b'), device };
    await expect(pretrain(other)).rejects.toMatchObject({ code: 'OCCUPIED' });
    expect(text('b', 'metrics.jsonl')).toBe(text('a', 'metrics.jsonl'));
    await pretrain({ ...other, overwrite: true });
    expect(text('b', 'metrics.jsonl')).not.toBe(text('a', 'metrics.jsonl'));
  });

  it('does not resume a run of another config', async () => {
    const run = pretrain({ config: await config('seed=3'), outDir: join(out, 'a'), device, resume: 'auto' });
    await expect(run).rejects.toMatchObject({ code: 'RESUME_MISMATCH' });
  });

  it('goes on from an older checkpoint where the newest is damaged, and says so', async () => {
    const outDir = join(out, 'older');
    await pretrain({ config: await config('training.evaluateEvery=5'), outDir, device });
    const file = join(outDir, 'last', 'model.safetensors');
    writeFileSync(file, readFileSync(file).subarray(0, 1000));
    const events: TrainingEvent[] = [];
    await pretrain({
      config: await config('training.evaluateEvery=5'),
      outDir,
      device,
      resume: 'auto',
      onEvent: (event) => events.push(event),
    });
    const { step } = JSON.parse(text('older', 'last', 'trainer-state.json')) as { step: number };
    expect(step).toBe(6);
    expect(events[0]).toMatchObject({ kind: 'resumed', folder: join(outDir, 'best') });
    expect(events[0]).toHaveProperty('passedOver.0', expect.stringContaining('was cut short'));
  });

  it('does not start anew over a damaged checkpoint when asked to resume', async () => {
    const outDir = join(out, 'damaged');
    await pretrain({ config: await config(), outDir, device });
    for (const name of ['last', 'best']) {
      const file = join(outDir, name, 'model.safetensors');
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    }
    const run = pretrain({ config: await config(), outDir, device, resume: 'auto' });
    await expect(run).rejects.toMatchObject({ name: 'CheckpointError', code: 'TRUNCATED' });
  });
});

describe('evaluate', () => {
  it('scores every ordered pair on the split asked for, with the preprocessing of the run', async () => {
    const report = await evaluate({ checkpoint: join(out, 'a'), split: 'test', device });
    expect(report).toMatchObject({ split: 'test', materials: 40, seed: 0 });
    expect(report.pairs.map(({ query, gallery }) => [query, gallery])).toEqual([
      ['structure', 'phononDos'],
      ['phononDos', 'structure'],
    ]);
    expect(report.embeddings.ids).toHaveLength(40);
    expect(report.embeddings.byModality.structure).toHaveLength(40 * report.embeddings.dim);
  });

  it('measures the model at its start, whatever was learned since, and other ways of ranking', async () => {
    await pretrain({ config: await config('training.steps=3'), outDir: join(out, 'short'), device });
    const of = (name: string) => evaluate({ checkpoint: join(out, name), split: 'test', device });
    const [short, last] = [await of('short'), await of('a')];
    const [atInit, again] = [short, last].map(
      ({ controls }) => controls.find(({ name }) => name === 'untrained')!,
    );
    expect(atInit!.pairs).toEqual(again!.pairs);
    expect(atInit!.pairs).not.toEqual(last.pairs);
    expect(last.variants!.map(({ name, pairs }) => [name, pairs.length])).toEqual([
      ['polymorphs', 2],
      ['one-per-formula', 2],
      ['hubness-corrected', 2],
    ]);
  });

  it('changes the data it measures on, and nothing else', async () => {
    const of = (...overrides: string[]) =>
      evaluate({ checkpoint: join(out, 'a'), split: 'test', device, overrides });
    expect((await of('data.limit=12')).materials).toBe(12);
    await expect(of('model.embeddingDim=8')).rejects.toMatchObject({ name: 'ConfigError', code: 'OVERRIDE' });
  });
});
