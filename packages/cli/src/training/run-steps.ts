import type { Device } from '@bravais/tensor-core';
import type { ExperimentConfig, PreparedMaterial } from '@bravais/trainer';

/** A few steps of training that leave nothing behind. */
export interface StepsRequest {
  readonly device: Device;
  readonly config: ExperimentConfig;
  readonly materials: readonly PreparedMaterial[];
  /** Steps at most. */
  readonly steps: number;
  readonly signal: AbortSignal;
}

/** What is known of the run before its first step. */
export interface StepsFacts {
  readonly parameterCount: number;
  /** Materials of the training split. */
  readonly trainingMaterials: number;
  readonly batchSize: number;
}

/**
 * Trains on the training split as a config says, but for a few steps only: no validation, no checkpoint, no file.
 *
 * @param afterStep waited for after each step, which counts from 1; `false` ends the run
 * @throws {TrainingError} where the materials or the config cannot be trained on
 */
export async function runSteps(
  request: StepsRequest,
  afterStep: (step: number) => boolean | Promise<boolean>,
): Promise<StepsFacts> {
  const { train } = await import('@bravais/trainer');
  const { device, signal, steps } = request;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  let facts: StepsFacts | null = null;
  try {
    await train({
      device,
      config: unmeasured(request.config, steps),
      materials: request.materials,
      resume: null,
      signal: controller.signal,
      sink: {
        metric: async ({ step, split }) => {
          // The step after a stop may be under way already.
          if (split !== 'train' || controller.signal.aborted) return;
          if (!(await afterStep(step)) || step >= steps) stop();
        },
        timing: () => undefined,
        checkpoint: async () => undefined,
        event: (event) => {
          if (event.kind !== 'prepared') return;
          const { parameterCount, materials } = event;
          const batchSize = Math.min(request.config.training.batchSize, materials.train);
          facts = { parameterCount, trainingMaterials: materials.train, batchSize };
        },
      },
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return facts!;
}

/** Steps of the alignment alone, a metric after every step, and an end that is never reached: the last step of a run is followed by a validation. */
function unmeasured(config: ExperimentConfig, steps: number): ExperimentConfig {
  const { epochs: _, ...training } = config.training;
  const { textPretraining: __, ...alignment } = config;
  return {
    ...alignment,
    training: { ...training, steps: steps + 1, logEvery: 1, evaluateEvery: null, checkpointEvery: steps + 1 },
  };
}
