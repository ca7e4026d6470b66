import type { AlignmentModel, PreparedMaterial } from '../model';
import { isBetter, scoreOf } from './best-score';
import { evaluationsSinceBest } from './early-stopping';
import type { ModelOptimizer } from './optimizer';
import type { RunState } from './run-state';
import type { TrainingSink } from './training-run';
import { validate } from './validate';

/** Validates the model after a step, with its averages where there are some, and keeps it where it is the best so far. */
export async function evaluateStep(
  at: { readonly step: number; readonly epoch: number },
  model: AlignmentModel,
  optimizer: ModelOptimizer,
  validation: readonly PreparedMaterial[],
  state: RunState,
  sink: TrainingSink,
): Promise<void> {
  const { config } = model;
  const { step } = at;
  const metrics = await optimizer.withAverages(() => validate(model, validation));
  const score = scoreOf(config.training.keepBest, metrics, step);
  const better = score !== null && isBetter(score, state.best);
  if (better) state.best = score;
  const waited = { evaluationsSinceBest: evaluationsSinceBest(config, state.best, step) };
  const values = config.training.patience === undefined ? metrics : { ...metrics, ...waited };
  await sink.metric({ ...at, split: 'val', values });
  sink.event({ kind: 'evaluated', step, metrics });
  if (better) await state.save('best', metrics);
}
