import type { Device } from '@bravais/tensor-core';
import type { ExperimentConfig, PreparedMaterial } from '@bravais/trainer';
import { median } from '../training/median';
import { runSteps } from '../training/run-steps';
import { benchYaml } from './bench-yaml';

/** How fast two encoders, of structure and spectrum, train on crystals of the embedded reference set. */
export interface TrainingSpeed {
  readonly materialsPerSecond: number;
  /** Wall-clock time of a step, the median. */
  readonly stepMilliseconds: number;
  /** Time until the first step was done, with the kernels that it compiled. */
  readonly firstStepMilliseconds: number;
  readonly batchSize: number;
  readonly parameterCount: number;
  /** Means over the crystals. */
  readonly atomsPerCrystal: number;
  readonly edgesPerCrystal: number;
}

/** Every so many-th crystal is taken: enough of them for batches that differ, of all structure types. */
const STRIDE = 4;
/** Kernels are compiled and steps are recorded in these; they are not counted. */
const WARM_UP_STEPS = 4;
const LEAST_STEPS = 3;
const MOST_STEPS = 60;

/**
 * Times training steps of a model of structure and spectrum: gathering a batch, forward, backward and AdamW.
 *
 * @param seconds no further step starts after so long
 */
export async function measureTraining(
  device: Device,
  signal: AbortSignal,
  seconds: number,
): Promise<TrainingSpeed> {
  const { parseConfig } = await import('@bravais/trainer');
  const config = parseConfig(benchYaml, { file: 'bench.yaml' });
  const materials = await referenceCrystals(config);
  const times: number[] = [];
  let since = performance.now();
  let measured = 0;
  const { batchSize, parameterCount } = await runSteps(
    { device, config, materials, steps: MOST_STEPS, signal },
    (step) => {
      const now = performance.now();
      times.push(now - since);
      if (step > WARM_UP_STEPS) measured += now - since;
      since = now;
      return step < WARM_UP_STEPS + LEAST_STEPS || measured < seconds * 1000;
    },
  );
  const graphs = materials.flatMap(({ structure }) => structure?.graph ?? []);
  const stepMilliseconds = median(times.slice(WARM_UP_STEPS));
  return {
    materialsPerSecond: (batchSize / stepMilliseconds) * 1000,
    stepMilliseconds,
    firstStepMilliseconds: times[0]!,
    batchSize,
    parameterCount,
    atomsPerCrystal: mean(graphs.map(({ atomicNumbers }) => atomicNumbers.length)),
    edgesPerCrystal: mean(graphs.map(({ edgeSource }) => edgeSource.length)),
  };
}

async function referenceCrystals(config: ExperimentConfig): Promise<PreparedMaterial[]> {
  const { referenceSet } = await import('@bravais/datasets/reference');
  const { prepareMaterials } = await import('@bravais/trainer');
  const records = referenceSet().filter(({ split }) => split === 'train');
  return prepareMaterials(
    records.filter((_, index) => index % STRIDE === 0),
    config,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
