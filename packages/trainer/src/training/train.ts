import { holding } from '@bravais/tensor-core';
import type { CaptureFallback } from '@bravais/tensor-core/capture';
import { materialsBySplit } from './materials-by-split';
import { openModel } from './open-model';
import { ModelOptimizer } from './optimizer';
import { learningRateSchedule, totalSteps } from './schedule';
import { takeSteps } from './take-steps';
import { trainText } from './train-text';
import type { TrainingOutcome, TrainingRun } from './training-run';

export { restoreModel } from './open-model';
export type { TrainingOutcome, TrainingRun, TrainingSink } from './training-run';

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
  const bySplit = materialsBySplit(run.materials);
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
