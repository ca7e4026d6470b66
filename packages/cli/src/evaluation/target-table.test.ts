import type { ClassificationReport, RegressionReport } from '@bravais/trainer';
import { expect, it } from 'vitest';
import { Output } from '../output/output';
import { MemoryStream } from '../testing/memory-stream';
import { targetTables } from './target-table';

const scores = (mae: number) => ({ count: 12, mae, mse: mae ** 2, rmse: mae, r2: 1 - mae, spearman: null });
const gap: RegressionReport = {
  kind: 'regression',
  name: 'gap',
  property: 'bandGapEv',
  modality: 'structure',
  unit: 'eV',
  metrics: scores(0.25),
  baselines: [
    { name: 'mean', metrics: scores(1) },
    { name: 'nearest', metrics: scores(0.5) },
  ],
  byElement: [
    { group: 'O', count: 9, mae: 0.2 },
    { group: 'Fe', count: 3, mae: 0.75 },
  ],
  byCrystalSystem: [{ group: 'cubic', count: 12, mae: 0.25 }],
  bounds: 2,
  points: [],
};
const counts = { count: 2, accuracy: 0.5, macroPrecision: 0.25, macroRecall: 0.5, macroF1: 1 / 3 };
const metal: ClassificationReport = {
  kind: 'classification',
  name: 'metal',
  property: 'gap',
  modality: 'structure',
  metrics: { ...counts, classes: [0, 1].map((label) => ({ label, count: 1, precision: 0, recall: 0, f1: 0 })), confusion: [[1, 0], [1, 0]] }, // biome-ignore format: a matrix
  rocAuc: 0.875,
  majority: { ...counts, classes: [], confusion: [] },
  nearest: { neighbors: 3, metrics: { ...counts, accuracy: 0.625, classes: [], confusion: [] }, rocAuc: 0.7 },
  points: [],
};

it('shows the model above its baselines, the unit, and where the errors are', () => {
  const text = targetTables([gap], new Output(new MemoryStream(), new MemoryStream()));
  expect(text).toContain(
    'gap (bandGapEv) from structure, 12 materials, eV, 2 labels that are bounds left out',
  );
  const lines = text.split('\n');
  expect(lines.find((line) => line.includes('model'))).toMatch(/0\.25 .*0\.0625.*0\.750/);
  expect(lines.find((line) => line.includes('5 nearest crystals'))).toMatch(/0\.5 .*0\.500/);
  expect(text).toContain('MAE by element: O 0.2 (9), Fe 0.75 (3)');
  expect(text).not.toContain('MAE by crystal system');
});

it('shows a classification beside the largest class, with its confusion matrix', () => {
  const text = targetTables([metal], new Output(new MemoryStream(), new MemoryStream()));
  expect(text).toMatch(/model\D*0\.500\D*0\.250\D*0\.500\D*0\.333\D*0\.875/);
  expect(text).toMatch(/is 1\D*1\D*0/);
  expect(text).toContain('called 0');
  expect(text).toMatch(/3 nearest by fingerprint\D*0\.625.*0\.700/);
});
