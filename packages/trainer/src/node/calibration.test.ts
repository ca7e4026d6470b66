import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStructure, type Structure } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config';
import { densityExperiment } from '../testing/density-experiment';
import { calibrateModel } from './calibrate-model';
import { evaluate } from './evaluate';
import { exportModel } from './export-model';
import { loadModel } from './load-model';
import { pretrain } from './pretrain';

let device: Device;
const out = mkdtempSync(join(tmpdir(), 'bravais-calibration-'));
const at = (...parts: string[]): string => join(out, ...parts);
const LIMIT = 80;
const config = (seed: number, changes: object = {}): ExperimentConfig =>
  densityExperiment({
    name: 'density',
    limit: LIMIT,
    steps: 24,
    batchSize: 20,
    changes: {
      seed,
      targets: {
        density: { kind: 'regression', property: 'densityGramPerCm3' },
        dense: { kind: 'classification', property: 'densityGramPerCm3', threshold: 6 },
      },
      ...changes,
    },
  });
const of = (split: string): { structure: Structure; density: number }[] =>
  referenceSet()
    .filter((record) => record.split === split)
    .slice(0, LIMIT)
    .map(({ structure, scalars }) => ({ structure, density: scalars.densityGramPerCm3! }));

beforeAll(async () => {
  device = await testDevice();
  for (const seed of [0, 1, 2]) {
    await pretrain({ config: config(seed), outDir: at(`seed-${seed}`), device });
  }
});
afterAll(() => {
  rmSync(out, { recursive: true });
});

describe('a finished run', () => {
  it('says without data how sure it is: intervals hold as many validation labels as they promise', async () => {
    const model = await loadModel(at('seed-0'), device);
    const validation = of('val');
    const structures = validation.map(({ structure }) => structure);
    for (const level of [0.5, 0.9]) {
      const assessed = await model.assess(structures, level);
      const held = assessed.filter(({ predictions }, row) => {
        const { low, high } = predictions.density!.interval!;
        // The scores are float32, and batches round in their own way.
        return low - 1e-3 <= validation[row]!.density && validation[row]!.density <= high + 1e-3;
      });
      expect(held.length / LIMIT).toBeGreaterThanOrEqual(level);
      expect(held.length / LIMIT).toBeLessThan(level + 0.05);
    }
    expect((await model.predict(structures.slice(0, 1)))[0]!.density!.interval!.level).toBe(0.9);
    expect((await model.predict(structures.slice(0, 1)))[0]!.dense).not.toHaveProperty('interval');
  });

  it('flags a crystal with an element that it never saw, and training crystals no more than promised', async () => {
    const model = await loadModel(at('seed-0'), device);
    const training = of('train').map(({ structure }) => structure);
    const seen = new Set(training.flatMap(({ atomicNumbers }) => [...atomicNumbers]));
    const unseen = [84, 85, 87, 88].find((number) => !seen.has(number))!;
    const strange = createStructure({
      latticeAngstrom: [0, 3.2, 3.2, 3.2, 0, 3.2, 3.2, 3.2, 0],
      fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
      atomicNumbers: [unseen, 8],
    });
    const [flagged] = await model.assess([strange]);
    expect(flagged!.novelty).toMatchObject({ flagged: true, unseenElements: [expect.any(String)] });
    const own = await model.assess(training);
    // A training crystal finds itself among its neighbours, which only brings it nearer.
    expect(own.filter(({ novelty }) => novelty!.flagged).length).toBeLessThanOrEqual(0.05 * LIMIT + 1);
  });

  it('keeps it through an export, and gets it again from data, bit for bit', async () => {
    await exportModel(at('seed-0'), at('exported'));
    const { calibration, bytes } = await calibrateModel({
      model: at('exported'),
      out: at('again'),
      device,
    });
    const file = (folder: string) => readFileSync(at(folder, 'model.safetensors'));
    expect(file('again').equals(file('exported'))).toBe(true);
    expect(bytes).toBe(file('again').length);
    expect(calibration.scores.density).toHaveLength(LIMIT);
  });

  it('that was stopped before its end has none, and predicts all the same', async () => {
    const controller = new AbortController();
    await pretrain({
      config: config(9),
      outDir: at('stopped'),
      device,
      signal: controller.signal,
      onEvent: (event) => event.kind === 'prepared' && controller.abort(),
    });
    const [found] = await (await loadModel(at('stopped'), device)).assess([of('val')[0]!.structure]);
    expect(found!.novelty).toBeNull();
    expect(Object.keys(found!.predictions.density!)).toEqual(['value']);
  });
});

describe('evaluate', () => {
  const folders = [0, 1, 2].map((seed) => at(`seed-${seed}`));

  it('of several seeds gives the ensemble beside each member, and intervals of both kinds', async () => {
    const [checkpoint, ...members] = folders;
    const report = await evaluate({
      checkpoint: checkpoint!,
      members,
      split: 'test',
      device,
      conformal: 0.8,
    });
    const alone = await evaluate({ checkpoint: folders[2]!, split: 'test', device, conformal: 0.8 });
    const { ensemble } = report;
    expect(ensemble!.members.map(({ seed }) => seed)).toEqual([0, 1, 2]);
    expect(ensemble!.members[0]!.pairs).toEqual(report.pairs);
    expect(ensemble!.members[2]!.pairs).toEqual(alone.pairs);
    expect(ensemble!.pairs.map(({ count }) => count)).toEqual([LIMIT, LIMIT]);
    expect(ensemble!.pairs).not.toEqual(report.pairs);
    expect(ensemble!.variants.map(({ name }) => name)).toContain('hubness-corrected');
    const density = ensemble!.targets.find(({ name }) => name === 'density')!;
    if (density.kind !== 'regression') throw new Error('another kind');
    expect(density.members[2]).toEqual(alone.targets!.find(({ name }) => name === 'density')!.metrics);
    const mean = density.members.reduce((sum, { mae }) => sum + mae, 0) / 3;
    expect(density.metrics.mae).toBeLessThanOrEqual(mean);
    for (const each of [density.intervals, density.scaledIntervals]) {
      expect(each).toMatchObject({ level: 0.8, calibration: LIMIT });
      expect(each!.meanWidth).toBeGreaterThan(0);
    }
  });

  it('refuses members of another experiment, with the key', async () => {
    await pretrain({
      config: config(3, { training: { steps: 2, batchSize: 20 } }),
      outDir: at('other'),
      device,
    });
    await expect(
      evaluate({ checkpoint: folders[0]!, members: [at('other')], split: 'test', device }),
    ).rejects.toMatchObject({ name: 'EnsembleError', message: expect.stringContaining('training.steps') });
  });

  it('gives errors and retrieval by group, and no intervals on the split that they are fitted on', async () => {
    const by = ['element', 'system', 'size'] as const;
    const report = await evaluate({ checkpoint: folders[0]!, split: 'val', device, by });
    const groups = report.groups!;
    // Two targets, and two scores of two directions, by each.
    expect(groups.map((each) => each.by)).toEqual(
      by.flatMap((name) => Array.from({ length: 6 }, () => name)),
    );
    const density = groups.find(({ by, metric }) => by === 'size' && metric === 'MAE')!;
    const total = density.groups.reduce((sum, { count, mean }) => sum + count * mean, 0);
    const target = report.targets!.find(({ name }) => name === 'density')!;
    if (target.kind !== 'regression') throw new Error('another kind');
    expect(total / LIMIT).toBeCloseTo(target.metrics.mae, 9);
    expect(target).not.toHaveProperty('intervals');
  });

  it('tells errors of crystals that it flags as novel from others, as many as it flags one by one', async () => {
    const report = await evaluate({ checkpoint: folders[0]!, split: 'test', device, by: ['novelty'] });
    const model = await loadModel(folders[0]!, device);
    const assessed = await model.assess(of('test').map(({ structure }) => structure));
    const flagged = assessed.filter(({ novelty }) => novelty!.flagged).length;
    expect(flagged).toBeGreaterThan(0);
    const density = report.groups!.find(({ subject }) => subject === 'density')!;
    const counts = Object.fromEntries(density.groups.map(({ group, count }) => [group, count]));
    expect(counts).toEqual({ 'flagged as novel': flagged, 'not flagged': LIMIT - flagged });
  });
});
