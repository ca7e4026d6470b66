import type { ViewOptions } from '@bravais/datasets';
import { type Device, holding } from '@bravais/tensor-core';
import type { CaptureFallback } from '@bravais/tensor-core/capture';
import type { BestScore, Checkpoint, CheckpointContents, Divergence } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import { stepsPerEpoch } from '../data';
import type { MetricRecord, Split, TimingRecord } from '../metrics';
import {
  type AlignmentModel,
  createModel,
  fitPreprocessing,
  modalitiesOf,
  type PreparedMaterial,
} from '../model';
import { evaluatePairs, retrievalMetrics } from '../retrieval';
import { targetMetrics } from '../targets/target-metrics';
import { pretrainText, type TextPretrainingSink } from '../text-pretraining/pretrain-text';
import { isBetter, scoreOf } from './best-score';
import { diverged, findNotFinite } from './divergence';
import { evaluationsSinceBest, isOutOfPatience } from './early-stopping';
import { embedMaterials } from './embed-materials';
import type { CheckpointName, TrainingEvent } from './events';
import { type InitialWeights, initialModel } from './initial-model';
import { restoreWeights, storedPreprocessing } from './model-tensors';
import { ModelOptimizer } from './optimizer';
import { Pace } from './pace';
import { learningRateSchedule, totalSteps } from './schedule';
import { type FinishedStep, StepsUnderway } from './steps-underway';
import { TrainingBatches } from './training-batches';
import { TrainingError } from './training-error';

/** Where a run puts what it produces; the caller decides on files, a page or nothing at all. */
export interface TrainingSink {
  metric(record: MetricRecord): void | Promise<void>;
  timing(record: TimingRecord): void | Promise<void>;
  checkpoint(name: CheckpointName, contents: CheckpointContents): Promise<void>;
  event(event: TrainingEvent): void;
}

export interface TrainingRun {
  readonly device: Device;
  readonly config: ExperimentConfig;
  readonly materials: readonly PreparedMaterial[];
  /** How the views of the materials were made; kept in checkpoints. */
  readonly viewOptions?: ViewOptions;
  /** Goes on from here; `null` starts at step 0. */
  readonly resume: Checkpoint | null;
  /** What `init` of the config names; needed where it is there and the run starts at step 0. */
  readonly init?: InitialWeights | null;
  /** Where `textPretraining` of the config keeps its state; left out, nowhere: a run that stops there begins it again. */
  readonly text?: TextPretrainingSink;
  /** Once aborted, the run saves a checkpoint after the steps underway and returns. */
  readonly signal: AbortSignal;
  readonly sink: TrainingSink;
}

/** How a run ended. */
export interface TrainingOutcome {
  /** `stopped-early` where `training.patience` was used up. */
  readonly status: 'finished' | 'interrupted' | 'stopped-early';
  readonly step: number;
  readonly steps: number;
  readonly best: BestScore | null;
  /** Most bytes of tensors live at once during a step, parameters and moments included; 0 where there was none. */
  readonly peakDeviceBytes: number;
}

type MaterialsBySplit = Readonly<Record<Split, PreparedMaterial[]>>;

/**
 * Trains the encoders of a config on its training split.
 *
 * Every step is a pure function of (config, seed, step) and the parameters before it, so a run repeats bit for
 * bit on one device, and a resumed run equals an uninterrupted one.
 *
 * @throws {TrainingError} `EMPTY_SPLIT`, `DIVERGED` (the last checkpoint stays, and `diverged` stands before the step), `RESUME_MISMATCH`, `INIT_MISSING`,
 * `TOKENIZER_MISMATCH`
 * @throws {ModelError} `INIT_MISMATCH`, `TARGET_LABELS`
 */
export async function train(run: TrainingRun): Promise<TrainingOutcome> {
  const { config, device, sink } = run;
  const bySplit = splitMaterials(run.materials);
  const steps = totalSteps(config, bySplit.train.length);
  const held = holding(device, () => {
    const model = openModel(run, bySplit.train);
    const onFallback = ({ message }: CaptureFallback): void =>
      sink.event({ kind: 'uncaptured', reason: message });
    const optimizer = new ModelOptimizer(model, learningRateSchedule(config, steps), run.resume, onFallback);
    return { model, optimizer };
  });
  try {
    if (!(await trainText(run, held.result.model, bySplit.train))) {
      return { status: 'interrupted', step: 0, steps, best: null, peakDeviceBytes: 0 };
    }
    return await takeSteps(run, held.result, bySplit, steps);
  } finally {
    held.result.optimizer.dispose();
    held[Symbol.dispose]();
  }
}

const KEPT_NOWHERE: TextPretrainingSink = {
  resume: null,
  metric: () => undefined,
  checkpoint: async () => undefined,
};

/** Masked-token training where the config asks for it and the run starts at step 0; `false` where it was stopped. */
async function trainText(
  { config, viewOptions = {}, resume, text = KEPT_NOWHERE, signal, sink }: TrainingRun,
  model: AlignmentModel,
  training: readonly PreparedMaterial[],
): Promise<boolean> {
  const settings = config.textPretraining;
  if (!settings || resume) return true;
  const event = (each: TrainingEvent): void => sink.event(each);
  return pretrainText(model, { settings, training, viewOptions, signal, sink: text, event });
}

async function takeSteps(
  run: TrainingRun,
  { model, optimizer }: { readonly model: AlignmentModel; readonly optimizer: ModelOptimizer },
  bySplit: MaterialsBySplit,
  steps: number,
): Promise<TrainingOutcome> {
  const { config, device, sink } = run;
  const { batchSize, logEvery, checkpointEvery, evaluateEvery } = config.training;
  const perEpoch = stepsPerEpoch(bySplit.train.length, batchSize);
  let best = run.resume?.state.best ?? null;
  announce(model, bySplit, steps, perEpoch, optimizer.state.step, sink);

  let snapshot = { step: optimizer.state.step, ...(await optimizer.tensors()) };
  const write = async (
    name: CheckpointName,
    facts: Pick<CheckpointContents, 'scores' | 'divergence'>,
  ): Promise<void> => {
    const { step, ...tensors } = snapshot;
    const progress = {
      step,
      epoch: Math.floor(step / perEpoch),
      stepInEpoch: step % perEpoch,
      seed: config.seed,
      adapter: device.adapter.description,
      best,
    };
    const viewOptions = run.viewOptions ?? {};
    await sink.checkpoint(name, { config, progress, ...tensors, viewOptions, ...facts });
  };
  const save = async (name: 'last' | 'best', step: number, scores: Record<string, number> = {}) => {
    snapshot = { step, ...(await optimizer.tensors()) };
    await write(name, { scores });
  };

  // Nothing left to do: the checkpoint that was resumed may not have been `last`, which then was damaged.
  if (optimizer.state.step >= steps) await save('last', optimizer.state.step);

  const batches = new TrainingBatches(config, bySplit.train);
  // Steps are pure functions of their number: those since the latest checkpoint are repeated, up to the one that failed.
  const explain = async (failed: Pick<Divergence, 'step' | 'loss' | 'gradientNorm'>): Promise<Error> => {
    const before = failed.step - 1;
    optimizer.restore(snapshot, snapshot.step);
    for (let index = snapshot.step; index < before; index++) {
      const { materials, dropoutKey } = batches.at(index);
      const { loss, gradientNorm, terms } = optimizer.step(materials, dropoutKey);
      for (const each of [loss, gradientNorm, ...Object.values(terms)]) each.dispose();
    }
    snapshot = { step: before, ...(await optimizer.tensors()) };
    const batch = batches.at(before);
    const notFinite = await findNotFinite(model, optimizer, batch);
    const divergence = { ...failed, batch: batch.materials.map(({ id }) => id), notFinite };
    await write('diverged', { divergence });
    return diverged(divergence);
  };
  const pace = new Pace(Math.min(batchSize, bySplit.train.length));
  const firstStep = optimizer.state.step + 1;
  let peakDeviceBytes = 0;
  const isLogged = (step: number): boolean => step % logEvery === 0 || step === steps;
  const finished = async (done: FinishedStep): Promise<void> => {
    const { step, epoch, loss, gradientNorm, learningRate, terms } = done;
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm))
      throw await explain({ step, loss, gradientNorm });
    pace.count();
    const logging = isLogged(step);
    if (!logging && step !== firstStep) return;
    const { seconds, materialsPerSecond } = pace.lap();
    if (step === firstStep) sink.event({ kind: 'compiled', seconds, peakDeviceBytes });
    if (!logging) return;
    const values = { loss, gradientNorm, learningRate, ...termMetrics(terms) };
    await sink.metric({ step, epoch, split: 'train', values });
    await sink.timing({ step, values: { seconds, materialsPerSecond } });
    const samplesPerSecond = materialsPerSecond;
    sink.event({ kind: 'step', steps, ...done, samplesPerSecond });
  };
  const underway = new StepsUnderway(finished);
  const evaluate = async (step: number, epoch: number): Promise<void> => {
    const metrics = await optimizer.withAverages(() => validate(model, bySplit.val));
    const score = scoreOf(config.training.keepBest, metrics, step);
    const better = score !== null && isBetter(score, best);
    if (better) best = score;
    const waited = { evaluationsSinceBest: evaluationsSinceBest(config, best, step) };
    const values = config.training.patience === undefined ? metrics : { ...metrics, ...waited };
    await sink.metric({ step, epoch, split: 'val', values });
    sink.event({ kind: 'evaluated', step, metrics });
    if (better) await save('best', step, metrics);
  };

  const outOfPatience = (): boolean =>
    bySplit.val.length > 0 && isOutOfPatience(config, best, optimizer.state.step);
  while (optimizer.state.step < steps && !outOfPatience()) {
    const index = optimizer.state.step;
    const step = index + 1;
    const epoch = Math.floor(index / perEpoch);
    const { learningRate } = optimizer;
    const batch = batches.at(index);
    const { result, peakLiveBytes } = await device.measurePeak(() =>
      optimizer.step(batch.materials, batch.dropoutKey),
    );
    peakDeviceBytes = Math.max(peakDeviceBytes, peakLiveBytes);
    await underway.add({ step, epoch, learningRate }, result, isLogged(step));

    const done = step === steps;
    const stopping = run.signal.aborted;
    const evaluating =
      bySplit.val.length > 0 && (done || (evaluateEvery !== null && step % evaluateEvery === 0));
    const saving = done || stopping || step % checkpointEvery === 0;
    if (evaluating || saving) await underway.settle();
    await pace.pause(async () => {
      if (evaluating) await evaluate(step, epoch);
      if (saving || outOfPatience()) await save('last', step);
    });
    if (stopping && !done) break;
  }
  const { step } = optimizer.state;
  const early = outOfPatience() ? 'stopped-early' : 'interrupted';
  return { status: step === steps ? 'finished' : early, step, steps, best, peakDeviceBytes };
}

/** `structure|text` as `loss/structure|text`; of a single term, which is the loss itself, nothing. */
function termMetrics(terms: Readonly<Record<string, number>>): Record<string, number> {
  const named = Object.entries(terms);
  if (named.length < 2) return {};
  return Object.fromEntries(named.map(([name, value]) => [`loss/${name}`, value]));
}

/** A model with the weights of a checkpoint, for evaluation and use. */
export function restoreModel(
  device: Device,
  checkpoint: Pick<Checkpoint, 'config' | 'model'>,
): AlignmentModel {
  const model = createModel(device, checkpoint.config, storedPreprocessing(checkpoint));
  restoreWeights(model, checkpoint);
  return model;
}

function openModel(
  { device, config, resume, init = null }: TrainingRun,
  training: readonly PreparedMaterial[],
): AlignmentModel {
  if (resume) return restoreModel(device, { ...resume, config });
  const preprocessing = fitPreprocessing(config, training);
  return config.init
    ? initialModel(device, config, preprocessing, init)
    : createModel(device, config, preprocessing);
}

function splitMaterials(materials: readonly PreparedMaterial[]): MaterialsBySplit {
  const of = (split: Split): PreparedMaterial[] => materials.filter((material) => material.split === split);
  const bySplit = { train: of('train'), val: of('val'), test: of('test') };
  if (bySplit.train.length < 2) {
    throw new TrainingError(
      'EMPTY_SPLIT',
      `train: the training split must hold at least two materials, got ${bySplit.train.length}. Contrastive training needs negatives; check data.source, data.tier and data.limit.`,
    );
  }
  return bySplit;
}

function announce(
  model: AlignmentModel,
  bySplit: MaterialsBySplit,
  steps: number,
  perEpoch: number,
  startStep: number,
  sink: TrainingSink,
): void {
  sink.event({
    kind: 'prepared',
    materials: { train: bySplit.train.length, val: bySplit.val.length, test: bySplit.test.length },
    modalities: modalitiesOf(model.config.model),
    parameterCount: model.parameters.entries.reduce((sum, { size }) => sum + size, 0),
    steps,
    stepsPerEpoch: perEpoch,
    startStep,
  });
}

async function validate(
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
): Promise<Record<string, number>> {
  const embeddings = await embedMaterials(model, materials);
  const { loss, model: sizes } = model.config;
  return {
    ...(loss ? retrievalMetrics(evaluatePairs(embeddings, sizes.embeddingDim)) : {}),
    ...(await targetMetrics(model, materials, embeddings)),
  };
}
