import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExperimentConfig, resolveConfig } from '../config';
import { evaluate } from './evaluate';
import { pretrain } from './pretrain';

let device: Device;
const out = mkdtempSync(join(tmpdir(), 'bravais-targets-'));
beforeAll(async () => {
  device = await testDevice();
});
afterAll(() => {
  rmSync(out, { recursive: true });
});

const STRUCTURE = { kind: 'cgcnn', width: 8, convolutions: 1, distanceBins: 8, descriptorWidth: 16 };

function config(changes: object): ExperimentConfig {
  return resolveConfig({
    name: 'targets',
    data: { source: 'reference', limit: 60 },
    graph: { neighbors: 8 },
    model: { embeddingDim: 8, structure: STRUCTURE },
    optim: { learningRate: 0.01, schedule: { kind: 'constant' } },
    training: { steps: 20, batchSize: 20 },
    ...changes,
  });
}

const targets = {
  density: { kind: 'regression', property: 'densityGramPerCm3' },
  dense: { kind: 'classification', property: 'densityGramPerCm3', threshold: 6 },
  gap: { kind: 'regression', property: 'noSuchThing', transform: 'log10' },
};

it('a run with targets is evaluated beside its baselines, without retrieval', async () => {
  const { gap: _, ...known } = targets;
  await pretrain({ config: config({ targets: known }), outDir: join(out, 'plain'), device });
  const report = await evaluate({ checkpoint: join(out, 'plain'), split: 'test', device });
  expect([report.pairs, report.controls]).toEqual([[], []]);
  const [dense, density] = report.targets!;
  if (density?.kind !== 'regression' || dense?.kind !== 'classification') throw new Error('other kinds');
  expect(density).toMatchObject({ name: 'density', unit: 'g/cm³', bounds: 0, metrics: { count: 60 } });
  expect(density.baselines.map(({ name }) => name)).toEqual([
    'mean',
    'median',
    'composition',
    'nearest',
    'fingerprint',
  ]);
  expect(density.intervals).toMatchObject({ level: 0.9, calibration: 60 });
  expect(dense.nearest!.metrics.count).toBe(60);
  expect(dense.points.filter(({ actual, predicted }) => actual === predicted)).toHaveLength(
    Math.round(dense.metrics.accuracy * 60),
  );
  expect(density.byCrystalSystem.reduce((sum, { count }) => sum + count, 0)).toBe(60);
  expect(density.byCrystalSystem.map(({ group }) => group)).toContain('cubic');
  const errors = density.points.map(({ actual, predicted }) => Math.abs(actual - predicted));
  expect(density.metrics.mae).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / 60, 9);
  expect(dense.metrics.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(dense.rocAuc).toBeGreaterThan(0.5);
});

it('a property that no material has is an error before the first step', async () => {
  const run = pretrain({ config: config({ targets }), outDir: join(out, 'missing'), device });
  await expect(run).rejects.toMatchObject({ name: 'ModelError', code: 'TARGET_LABELS' });
});

it('a run starts from another one by the folder that its config names, and resumes without it', async () => {
  const aligned = config({
    model: {
      embeddingDim: 8,
      structure: STRUCTURE,
      views: { phononDos: { kind: 'mlp', width: 8, layers: 1 } },
    },
    loss: { kind: 'all-pairs-clip' },
  });
  await pretrain({ config: aligned, outDir: join(out, 'aligned'), device });
  const tuned = config({
    targets: { density: targets.density },
    init: { checkpoint: join(out, 'aligned') },
  });
  const controller = new AbortController();
  const early = await pretrain({
    config: tuned,
    outDir: join(out, 'tuned'),
    device,
    signal: controller.signal,
    onEvent: (event) => event.kind === 'step' && controller.abort(),
  });
  expect(early.status).toBe('interrupted');
  rmSync(join(out, 'aligned'), { recursive: true });
  const rest = await pretrain({ config: tuned, outDir: join(out, 'tuned'), device, resume: 'auto' });
  expect(rest.best!.metric).toBe('val/density/mae');
  const again = pretrain({ config: tuned, outDir: join(out, 'again'), device });
  await expect(again).rejects.toMatchObject({ name: 'CheckpointError', code: 'MISSING_FILE' });
});
