import { holding } from '@bravais/tensor-core';
import type { ExperimentConfig } from '../../config';
import { materialsBySplit } from '../materials-by-split';
import { openModel } from '../open-model';
import { ModelOptimizer } from '../optimizer';
import { TrainingBatches } from '../training-batches';
import type { TrainingRun } from '../training-run';
import { analyzeRange, type RangeAnalysis, type RangePoint } from './range-analysis';
import { RangeStop } from './range-stop';

/** What a learning-rate range test is run on. */
export interface RangeTestRun
  extends Pick<TrainingRun, 'device' | 'config' | 'materials' | 'init' | 'signal'> {
  /** Steps from the lowest rate to the highest, 2 or more. Default 100. */
  readonly steps?: number;
  /** Told of every step once its loss is known. */
  readonly onStep?: (point: RangePoint, step: number) => void;
}

/** Losses of a range test and what they say. */
export interface RangeReport extends RangeAnalysis {
  readonly adapter: string;
  readonly seed: number;
  /** Steps that the ramp would have had. */
  readonly steps: number;
  readonly batchSize: number;
  /** The steps taken, the last one that made the test stop where its loss is finite. */
  readonly points: readonly RangePoint[];
  /** Why the test ended: all rates were tried, the loss grew past four times the best, or it was not finite. */
  readonly ended: 'all-rates' | 'too-high' | 'not-finite';
}

/** Ends of the ramp. */
const LOWEST_RATE = 1e-6;
const HIGHEST_RATE = 1;
const STEPS = 100;

/**
 * Trains with a learning rate that rises exponentially from 1e-6 to 1, η_i = 10^(-6 + 6 i / (N - 1)), until the loss is more than four times its
 * best, and says which rate suits the experiment. The weights are thrown away.
 *
 * Batches, dropout and clipping are those of the run itself, without `textPretraining`; equal seeds give equal losses, bit for bit.
 *
 * @throws {TrainingError} `EMPTY_SPLIT`, `INIT_MISSING`
 * @throws {ModelError} `INIT_MISMATCH`, `TARGET_LABELS`
 * @throws the signal's reason where it comes
 */
export async function rangeTest(run: RangeTestRun): Promise<RangeReport> {
  const { device, signal, steps = STEPS, onStep = () => undefined } = run;
  const config = withoutAverages(run.config);
  const { train: training } = materialsBySplit(run.materials);
  const rateAt = (index: number): number =>
    LOWEST_RATE * (HIGHEST_RATE / LOWEST_RATE) ** (index / (steps - 1));
  const held = holding(device, () => {
    const model = openModel({ ...run, config, resume: null }, training);
    return new ModelOptimizer(model, rateAt, null, () => undefined);
  });
  const points: RangePoint[] = [];
  let ended: RangeReport['ended'] = 'all-rates';
  try {
    const optimizer = held.result;
    const batches = new TrainingBatches(config, training);
    const stop = new RangeStop();
    for (let index = 0; index < steps && ended === 'all-rates'; index++) {
      signal.throwIfAborted();
      const { materials, dropoutKey } = batches.at(index);
      const { learningRate } = optimizer;
      const { loss, gradientNorm, terms } = optimizer.step(materials, dropoutKey);
      const value = await loss.item();
      for (const each of [loss, gradientNorm, ...Object.values(terms)]) each.dispose();
      const isStopping = stop.isReached(value);
      if (!Number.isFinite(value)) {
        ended = 'not-finite';
        break;
      }
      const point = { learningRate, loss: value };
      points.push(point);
      onStep(point, index + 1);
      if (isStopping) ended = 'too-high';
    }
  } finally {
    held.result.dispose();
    held[Symbol.dispose]();
  }
  const batchSize = Math.min(config.training.batchSize, training.length);
  const facts = { adapter: device.adapter.description, seed: config.seed, steps, batchSize };
  return { ...facts, points, ended, ...analyzeRange(points) };
}

/** Averages follow the parameters and change nothing of the losses. */
function withoutAverages({
  training: { ema: _, ...training },
  ...config
}: ExperimentConfig): ExperimentConfig {
  return { ...config, training };
}
