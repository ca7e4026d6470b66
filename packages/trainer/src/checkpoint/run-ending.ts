import type { ExperimentConfig } from '../config/experiment-config';
import { evaluationsSinceBest, isOutOfPatience } from '../training/early-stopping';
import { type Divergence, describeDivergence } from './divergence';
import type { TrainerProgress } from './trainer-state';

/** How a run stands at a checkpoint. */
export type RunEnding = 'finished' | 'stopped-early' | 'diverged' | 'unfinished';

/** How a run stands at a checkpoint; a function of what the checkpoint holds. */
export function runEnding(
  config: ExperimentConfig,
  { step, epoch, best }: Pick<TrainerProgress, 'step' | 'epoch' | 'best'>,
  divergence?: Divergence,
): RunEnding {
  if (divergence) return 'diverged';
  const { steps, epochs } = config.training;
  if ((steps !== undefined && step >= steps) || (epochs !== undefined && epoch >= epochs)) return 'finished';
  return best && isOutOfPatience(config, best, step) ? 'stopped-early' : 'unfinished';
}

/** {@link runEnding} in words, with the reason. */
export function describeEnding(
  config: ExperimentConfig,
  progress: Pick<TrainerProgress, 'step' | 'epoch' | 'best'>,
  divergence?: Divergence,
): string {
  const { step, best } = progress;
  const { steps, epochs } = config.training;
  const ending = runEnding(config, progress, divergence);
  if (ending === 'diverged') return `diverged: ${describeDivergence(divergence!)}`;
  if (ending === 'finished')
    return `finished: all ${steps === undefined ? `${epochs} epochs` : `${steps} steps`}`;
  if (ending === 'unfinished') return `not ended at step ${step}: the run went on from here, or was stopped`;
  const waited = evaluationsSinceBest(config, best, step);
  return `stopped early after step ${step}: ${waited} evaluations without a better ${best!.metric} than ${best!.value.toPrecision(4)} after step ${best!.step}`;
}

/** `training.ema` in words. */
export function describeAverages({ training: { ema } }: ExperimentConfig): string {
  return ema === undefined
    ? 'none'
    : `exponential moving average of the parameters, decay ${ema}; evaluated and saved as the model`;
}

/** `training.patience` in words. */
export function describePatience({ training: { patience, keepBest } }: ExperimentConfig): string {
  return patience === undefined ? 'none' : `patience of ${patience} evaluations without a better ${keepBest}`;
}
