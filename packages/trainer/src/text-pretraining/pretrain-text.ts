import type { ViewOptions } from '@bravais/datasets';
import { flattenTree, holding, type Tree } from '@bravais/tensor-core';
import { namedValues } from '@bravais/tensor-core/nn';
import { warmupCosine } from '@bravais/tensor-core/optim';
import { foldIn, key } from '@bravais/tensor-core/random';
import type { Checkpoint, CheckpointContents } from '../checkpoint';
import { stepsPerEpoch } from '../data';
import type { MetricRecord } from '../metrics';
import type { AlignmentModel, PreparedMaterial } from '../model';
import { textTransformerKind } from '../model/view-encoders/text-transformer';
import type { TrainingEvent } from '../training/events';
import { StepsUnderway } from '../training/steps-underway';
import { TrainingError } from '../training/training-error';
import { maskedTokenBatches } from './masked-token-batches';
import { MaskedTokenTrainer } from './masked-token-trainer';
import { requireSameTokenizer, TEXT_VIEW, textEncoderOf } from './text-encoder';
import type { TextPretrainingConfig } from './text-pretraining-config';

/** Where masked-token training puts what it produces, and what it goes on from. */
export interface TextPretrainingSink {
  /** Checkpoint of an earlier call; `null` starts at step 0. */
  readonly resume: Checkpoint | null;
  metric(record: MetricRecord): void | Promise<void>;
  checkpoint(contents: CheckpointContents): Promise<void>;
}

/** What {@link pretrainText} needs beside the model. */
export interface TextPretrainingRun {
  readonly settings: TextPretrainingConfig;
  /** The training split. */
  readonly training: readonly PreparedMaterial[];
  readonly viewOptions: ViewOptions;
  readonly signal: AbortSignal;
  readonly sink: TextPretrainingSink;
  readonly event: (event: TrainingEvent) => void;
}

/** Stream of randomness below the run's key; see those of `train`. */
const TEXT_STREAM = 5;
const BATCH_STREAM = 0;
const DROPOUT_STREAM = 1;

const WARMUP_FRACTION = 0.1;
const FINAL_FRACTION = 0.001;

/**
 * Trains the text encoder of a model to fill in masked tokens, -log p(token | the others), and leaves it in the model.
 *
 * Batches and masks follow from (seed, step), so a resumed call ends as one that was never stopped.
 *
 * @returns whether all steps were taken; stopped before, the model is as it was
 * @throws {TrainingError} `DIVERGED`, `TOKENIZER_MISMATCH`
 * @throws {ModelError} `VIEW_MISSING`
 */
export async function pretrainText(model: AlignmentModel, run: TextPretrainingRun): Promise<boolean> {
  const { settings, sink } = run;
  if (sink.resume) requireSameTokenizer(model, sink.resume);
  const weights = await weightsOf(model);
  const schedule = warmupCosine(settings.learningRate, settings.steps, WARMUP_FRACTION, FINAL_FRACTION);
  const held = holding(
    model.device,
    () =>
      new MaskedTokenTrainer(model, weights, schedule, sink.resume, ({ message }) =>
        run.event({ kind: 'uncaptured', reason: message }),
      ),
  );
  try {
    const isDone = await takeSteps(model, held.result, run);
    if (isDone) await handOver(model, held.result);
    return isDone;
  } finally {
    held.result.dispose();
    held[Symbol.dispose]();
  }
}

async function takeSteps(
  model: AlignmentModel,
  trainer: MaskedTokenTrainer,
  { settings, training, viewOptions, signal, sink, event }: TextPretrainingRun,
): Promise<boolean> {
  const { config } = model;
  const { steps, batchSize, maskedFraction } = settings;
  const { logEvery, checkpointEvery } = config.training;
  const { config: encoder, source, tokenizer } = textEncoderOf(model);
  const texts = training.flatMap(({ views }) => views[TEXT_VIEW] ?? []);
  const textKey = foldIn(key(config.seed), TEXT_STREAM);
  const batchAt = maskedTokenBatches(foldIn(textKey, BATCH_STREAM), {
    ...{ texts, tokenizer, batchSize, maskedFraction },
    layOut: (values) => textTransformerKind.layOut(encoder, source, values.map(asCell)),
  });
  const perEpoch = stepsPerEpoch(texts.length, batchSize);
  const isLogged = (step: number): boolean => step % logEvery === 0 || step === steps;
  const underway = new StepsUnderway(async ({ step, epoch, loss, gradientNorm, learningRate }) => {
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) throw diverged(step, loss);
    if (!isLogged(step)) return;
    await sink.metric({ step, epoch, split: 'train', values: { loss, gradientNorm, learningRate } });
    event({ kind: 'masked-tokens', step, steps, loss });
  });
  const save = async (): Promise<void> => {
    const step = trainer.stepsDone;
    const progress = {
      ...{ step, epoch: Math.floor(step / perEpoch), stepInEpoch: step % perEpoch },
      ...{ seed: config.seed, adapter: model.device.adapter.description, best: null },
    };
    await sink.checkpoint({ config, progress, ...(await trainer.tensors()), viewOptions });
  };
  while (trainer.stepsDone < steps) {
    const index = trainer.stepsDone;
    const step = index + 1;
    const { learningRate } = trainer;
    const dropoutKey = foldIn(foldIn(textKey, DROPOUT_STREAM), index);
    const result = trainer.step(batchAt(index), dropoutKey);
    await underway.add({ step, epoch: Math.floor(index / perEpoch), learningRate }, result, false);
    const isStopping = signal.aborted;
    if (step < steps && !isStopping && step % checkpointEvery !== 0) continue;
    await underway.settle();
    await save();
    if (isStopping) return step === steps;
  }
  return true;
}

const asCell = (value: string): { readonly id: string; readonly value: string } => ({ id: '', value });

async function weightsOf({ parameters }: AlignmentModel): Promise<ReadonlyMap<string, Float32Array>> {
  return namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array);
}

/** Overwrites the model's text encoder with the trained one, bit for bit. */
async function handOver(model: AlignmentModel, trainer: MaskedTokenTrainer): Promise<void> {
  const trained = (await trainer.tensors()).model;
  for (const [name, tensor] of flattenTree(model.parameters.tree as Tree)) {
    const values = name.startsWith(`${TEXT_VIEW}.`) ? trained.get(name) : undefined;
    if (values) tensor.write(values.data as Float32Array);
  }
}

function diverged(step: number, loss: number): TrainingError {
  return new TrainingError(
    'DIVERGED',
    `textPretraining: the loss must stay finite, got ${loss} at step ${step}. Lower textPretraining.learningRate, and resume from the last checkpoint.`,
  );
}
