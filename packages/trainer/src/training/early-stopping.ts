import type { BestScore } from '../checkpoint';
import type { ExperimentConfig } from '../config';

/** Evaluations up to a step that came after the best one; a function of what a checkpoint holds, so that a resumed run stops where it would have. */
export function evaluationsSinceBest(
  { training: { evaluateEvery } }: ExperimentConfig,
  best: BestScore | null,
  step: number,
): number {
  if (evaluateEvery === null) return 0;
  return Math.floor(step / evaluateEvery) - Math.floor((best?.step ?? 0) / evaluateEvery);
}

/** Whether `training.patience` is used up: so many evaluations without a better `training.keepBest`. */
export function isOutOfPatience(config: ExperimentConfig, best: BestScore | null, step: number): boolean {
  const { patience } = config.training;
  return patience !== undefined && evaluationsSinceBest(config, best, step) >= patience;
}
