import {
  type EvaluationReport,
  type ExperimentConfig,
  evaluatePairs,
  type MetricRecord,
  type ModalityEmbeddings,
  resolveConfig,
  retrievalVariants,
} from '@bravais/trainer';
import { projectEmbeddings } from '../report/project-embeddings';
import type { ReportInput } from '../report/report-input';
import { seededRandom } from '../report/seeded-random';

const FORMULAS =
  `NaCl KCl LiF MgO CaO SrO BaO TiO2 ZnO Al2O3 Fe2O3 SiO2 ZnS ZnSe CdTe PbS PbTe Bi2Te3 GaAs GaN InP AlSb
 NiAl FeAl CsCl TiC WC SiC Si Ge C Cu Ag Au Fe W Ti MgB2 LaB6 Nb3Sn BaTiO3 SrTiO3 LiFePO4 CaF2 MoS2 WSe2 BN`.split(
    /\s+/,
  );

/** A config as a run would have it. */
export function sampleConfig(source: 'reference' | 'jarvis-phdos' = 'reference'): ExperimentConfig {
  return resolveConfig({
    name: 'sample',
    description: 'Crystal structure and phonon DOS in one latent space.',
    seed: 3,
    data: { source },
    model: { structure: { kind: 'cgcnn' }, views: { phononDos: { kind: 'mlp' } } },
    loss: { kind: 'all-pairs-clip' },
    optim: { schedule: { kind: 'warmup-cosine' } },
    training: { epochs: 60 },
  });
}

/** Two modalities that agree up to noise, for a repeatable number of materials with real formulas. */
export function sampleEvaluation(materials: number, noise = 0.6, formulas = FORMULAS): EvaluationReport {
  const dim = 16;
  const random = seededRandom(7);
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const shared = Float32Array.from({ length: materials * dim }, gaussian);
  const structure = shared.map((value) => value + noise * gaussian());
  const phononDos = shared.map((value) => value + noise * gaussian());
  const embeddings = [
    { name: 'structure', rows: structure },
    { name: 'phononDos', rows: phononDos },
  ];
  const formulaList = Array.from({ length: materials }, (_, index) => formulas[index % formulas.length]!);
  return {
    split: 'test',
    materials,
    step: 240,
    seed: 3,
    configHash: 'ab'.repeat(32),
    adapter: 'llvmpipe (LLVM 15.0.6, 256 bits)',
    pairs: evaluatePairs(embeddings, dim),
    variants: retrievalVariants(embeddings, dim, formulaList, 3),
    controls: [
      { name: 'scalars', pairs: evaluatePairs(noisier(embeddings, 4, gaussian), dim) },
      { name: 'composition', pairs: evaluatePairs(noisier(embeddings, 1, gaussian), dim) },
    ],
    embeddings: {
      ids: Array.from({ length: materials }, (_, index) => `ref-${index}`),
      formulas: formulaList,
      dim,
      byModality: { structure, phononDos },
    },
  };
}

/** Scores by group, and an ensemble of two seeds, with a target each. */
export function sampleUncertainty(materials = 24): Required<Pick<EvaluationReport, 'ensemble' | 'groups'>> {
  const [one, other] = [sampleEvaluation(materials, 0.6), sampleEvaluation(materials, 0.8)];
  const metrics = { count: 12, mae: 0.25, mse: 0.1, rmse: 0.3, r2: 0.9, spearman: 0.8 };
  const interval = { level: 0.9, calibration: 60, radius: 0.5, coverage: 0.875, meanWidth: 1 };
  return {
    groups: [
      {
        by: 'element',
        subject: 'gap',
        metric: 'MAE',
        unit: 'eV',
        groups: [
          { group: 'O', count: 9, mean: 0.2, interval: [0.1, 0.3], few: false },
          { group: '<Fe>', count: 3, mean: 0.75, interval: [0.5, 1], few: true },
        ],
      },
      {
        by: 'size',
        subject: { query: 'structure', gallery: 'phononDos' },
        metric: 'R@10',
        unit: '',
        groups: [{ group: '1–2 sites', count: 24, mean: 0.5, interval: [0.25, 0.75], few: false }],
      },
    ],
    ensemble: {
      members: [
        { path: 'runs/a', seed: 3, step: 240, pairs: one.pairs },
        { path: 'runs/b', seed: 4, step: 200, pairs: other.pairs },
      ],
      pairs: one.pairs,
      variants: one.variants!,
      targets: [
        {
          kind: 'regression',
          name: 'gap',
          property: 'bandGapEv',
          modality: 'structure',
          unit: 'eV',
          members: [metrics, { ...metrics, mae: 0.35 }],
          metrics: { ...metrics, mae: 0.225 },
          meanDeviation: 0.125,
          deviationSpearman: 0.4375,
          intervals: interval,
          scaledIntervals: { ...interval, radius: null, coverage: null, meanWidth: null, calibration: 3 },
          points: [],
        },
      ],
    },
  };
}

/** Embeddings that agree less, as a control would. */
function noisier(
  embeddings: readonly ModalityEmbeddings[],
  noise: number,
  gaussian: () => number,
): ModalityEmbeddings[] {
  return embeddings.map(({ name, rows }) => ({
    name,
    rows: rows.map((value) => value + noise * gaussian()),
  }));
}

/** A falling loss and rising validation scores. */
export function sampleMetrics(steps = 240): MetricRecord[] {
  const random = seededRandom(1);
  const records: MetricRecord[] = [];
  for (let step = 4; step <= steps; step += 4) {
    const loss = 0.9 + 3.6 * Math.exp(-step / 60) + 0.3 * random();
    records.push({ step, epoch: Math.floor(step / 4), split: 'train', values: { loss } });
    if (step % 40 !== 0) continue;
    const mrr = 0.7 * (1 - Math.exp(-step / 90));
    const values = { 'r@1': mrr * 0.7, 'r@5': mrr * 1.2, 'r@10': mrr * 1.35, mrr };
    records.push({ step, epoch: Math.floor(step / 4), split: 'val', values });
  }
  return records;
}

/** Everything a report needs. */
export function sampleReport(materials = 60): ReportInput {
  const evaluation = sampleEvaluation(materials);
  return {
    title: 'Bravais demo',
    config: sampleConfig(),
    evaluation,
    metrics: sampleMetrics(),
    map: projectEmbeddings(evaluation.embeddings, 3),
    seed: 3,
  };
}
