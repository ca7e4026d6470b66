import { constantSchedule, oneCycle, type Schedule, warmupCosine } from '@bravais/tensor-core/optim';
import type { ExperimentConfig } from '../config';
import { stepsPerEpoch } from '../data';

/** Steps of the whole run. */
export function totalSteps({ training }: ExperimentConfig, trainingMaterials: number): number {
  if (training.steps !== undefined) return training.steps;
  return (training.epochs ?? 0) * stepsPerEpoch(trainingMaterials, training.batchSize);
}

/** The learning rate of each step as the config asks. */
export function learningRateSchedule({ optim }: ExperimentConfig, steps: number): Schedule {
  const { kind, warmupFraction, finalFraction } = optim.schedule;
  switch (kind) {
    case 'constant':
      return constantSchedule(optim.learningRate);
    case 'one-cycle':
      return oneCycle(optim.learningRate, steps, warmupFraction, finalFraction);
    case 'warmup-cosine':
      return warmupCosine(optim.learningRate, steps, warmupFraction, finalFraction);
  }
}
