import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExplanationReport } from '../explain';
import { knnAccuracy } from '../interpret';
import { densityExperiment } from '../testing/density-experiment';
import { type ExplainOptions, explain } from './explain';
import { pretrain } from './pretrain';

let device: Device;
let report: ExplanationReport;
const out = mkdtempSync(join(tmpdir(), 'bravais-explain-'));
const asked = (): ExplainOptions => ({
  checkpoint: out,
  split: 'test',
  device,
  mostMaterials: 60,
  examples: 2,
  steps: 32,
});

beforeAll(async () => {
  device = await testDevice();
  const config = densityExperiment({ name: 'explained', limit: 120, steps: 40, batchSize: 24 });
  await pretrain({ config, outDir: out, device });
  report = await explain(asked());
});
afterAll(() => {
  rmSync(out, { recursive: true });
});

it('measures trained, untrained and composition side by side', () => {
  expect([report.materials, report.records.length]).toEqual([120, 60]);
  const { measures, pairs, labels } = report;
  expect(measures.map(({ source, modality, dim }) => [source, modality, dim])).toEqual([
    ['trained', 'structure', 8],
    ['trained', 'phononDos', 8],
    ['untrained', 'structure', 8],
    ['untrained', 'phononDos', 8],
    ['composition', 'composition', 142],
  ]);
  const known = labels.crystalSystem.filter((label) => label !== null).length;
  for (const { crystalSystem, effectiveRank, uniformity, probes, dim } of measures) {
    expect(crystalSystem!.count).toBe(known);
    expect(effectiveRank).toBeGreaterThan(1);
    expect(effectiveRank).toBeLessThanOrEqual(Math.min(dim, 59));
    expect(uniformity).toBeLessThan(0);
    expect(probes.densityGramPerCm3!.count).toBe(60);
  }
  // A trained encoder brings both modalities of a material together; an untrained one does not know of the other.
  const [trained, untrained] = pairs;
  expect(pairs.map(({ source, count }) => [source, count])).toEqual([
    ['trained', 60],
    ['untrained', 60],
  ]);
  expect(trained!.alignment).toBeLessThan(untrained!.alignment);
});

it('has the accuracy that the labels and embeddings in it give', () => {
  const { embeddings, labels, measures } = report;
  const { rows, dim, materials } = embeddings[0]!;
  const found = knnAccuracy(
    { rows, dim },
    materials.map((place) => labels.crystalSystem[place]!),
    10,
  );
  expect(labels.crystalSystem).not.toContain(null);
  expect(measures[0]!.crystalSystem!.knn).toEqual(found);
});

it('finds the nearest others, the nearest first', () => {
  const { neighbors, embeddings } = report;
  expect(neighbors.modality).toBe('structure');
  const { rows, dim } = embeddings[0]!;
  const cosine = (i: number, j: number): number => {
    const [a, b] = [i, j].map((place) => rows.subarray(place * dim, (place + 1) * dim)) as [
      Float32Array,
      Float32Array,
    ];
    return a.reduce((sum, value, k) => sum + value * b[k]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
  };
  for (const [place, found] of neighbors.of.entries()) {
    const best = Math.max(...neighbors.of.map((_, other) => (other === place ? -1 : cosine(place, other))));
    expect(found).toHaveLength(5);
    expect(found[0]!.cosine).toBeCloseTo(best, 6);
    expect(found.map(({ material }) => material)).not.toContain(place);
    expect(found.map((each) => each.cosine)).toEqual(found.map((each) => each.cosine).sort((a, b) => b - a));
  }
});

it('attributes what two materials bring to the similarity and the prediction', () => {
  const { attributions, records } = report;
  expect(attributions.map(({ material, modality, objective }) => [material, modality, objective])).toEqual(
    [0, 30].flatMap((place) => [
      [place, 'structure', 'cosine with its phononDos'],
      [place, 'structure', 'density'],
      [place, 'phononDos', 'cosine with its structure'],
    ]),
  );
  for (const { material, modality, parts, value, baselineValue, completenessError } of attributions) {
    const sites = records[material]!.structure!.atomicNumbers.length;
    expect(parts).toHaveLength(modality === 'structure' ? sites : 66);
    expect(completenessError).toBeLessThan(0.02 * Math.max(0.5, Math.abs(value - baselineValue)));
  }
});

it('swaps elements for those beside them, and says what changes', () => {
  const { swaps, records, attributions } = report;
  expect(swaps.map(({ material }) => material)).toEqual([0, 30]);
  for (const { material, original, swaps: all } of swaps) {
    expect(all.length).toBeGreaterThan(1);
    const predicted = attributions.find(
      (each) => each.material === material && each.objective === 'density',
    )!;
    expect(original.predictions.density).toBeCloseTo(predicted.value, 3);
    for (const { from, to, formula, cosineWithOriginal, cosineWithViews } of all) {
      expect(records[material]!.formula).toContain(from);
      expect(formula).toContain(to);
      expect(cosineWithOriginal).toBeLessThan(1);
      expect(Math.abs(cosineWithViews.phononDos!)).toBeLessThanOrEqual(1);
    }
    expect(new Set(all.map(({ predictions }) => predictions.density)).size).toBe(all.length);
  }
});

it('is the same a second time, and refuses a split without materials', async () => {
  expect(await explain(asked())).toEqual(report);
  const none = explain({ ...asked(), overrides: ['data.limit=2'] });
  await expect(none).rejects.toMatchObject({ name: 'TrainingError', code: 'EMPTY_SPLIT' });
});
