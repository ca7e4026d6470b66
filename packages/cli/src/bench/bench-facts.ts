import { formatCount, formatDuration } from '../output/format-number';
import type { DeviceBench } from './device-bench';
import type { TrainingSpeed } from './training-speed';

/** Passes over the data that are counted as a training. */
const EPOCHS = 60;
/** Crystals of a small, a middling and a large data set. */
const DATA_SETS = [1_000, 10_000, 100_000];

/** A measurement in lines that a person reads, and what it means for a run of training. */
export function benchFacts({ roofs, products, training }: DeviceBench): (readonly [string, string])[] {
  const { gigaflopsPerSecond, gigabytesPerSecond, copyGigabytesPerSecond } = roofs;
  return [
    ['compute roof', `${speed(gigaflopsPerSecond)} GFLOP/s, multiply-adds in registers`],
    [
      'memory roof',
      `${speed(gigabytesPerSecond)} GB/s, a copying kernel; ${speed(copyGigabytesPerSecond.transfer)} GB/s, the driver's own copy`,
    ],
    ...products.map(
      ({ side, milliseconds, gigaflopsPerSecond: reached }) =>
        [
          `matmul ${side}`,
          `${speed(reached)} GFLOP/s, ${percent(reached / gigaflopsPerSecond)} of the roof, ${speed(milliseconds)} ms`,
        ] as const,
    ),
    ['training step', stepText(training)],
    ['first step', `${(training.firstStepMilliseconds / 1000).toFixed(1)} s with its kernels compiled`],
    ['pretrain', runsText(training)],
  ];
}

/** Seconds that such a training takes on so many crystals like those of the reference set. */
export function pretrainSeconds({ materialsPerSecond }: TrainingSpeed, crystals: number): number {
  return (crystals * EPOCHS) / materialsPerSecond;
}

function stepText({
  stepMilliseconds,
  materialsPerSecond,
  parameterCount,
  batchSize,
}: TrainingSpeed): string {
  return `${speed(stepMilliseconds)} ms, ${formatCount(Math.round(materialsPerSecond))} crystals/s (structure and spectrum, ${formatCount(parameterCount)} parameters, batch ${batchSize})`;
}

function runsText(training: TrainingSpeed): string {
  const { atomsPerCrystal, edgesPerCrystal } = training;
  const runs = DATA_SETS.map(
    (crystals) => `${formatCount(crystals)} crystals ${formatDuration(pretrainSeconds(training, crystals))}`,
  );
  return `${runs.join(', ')}: ${EPOCHS} epochs at ${Math.round(atomsPerCrystal)} atoms and ${formatCount(Math.round(edgesPerCrystal))} edges each`;
}

/** Three significant digits. */
function speed(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
