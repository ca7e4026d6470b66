import type { RangeReport } from '@bravais/trainer';
import type { DeviceBench } from '../bench/device-bench';
import type { TrainingProfile } from '../profile/profile-training';

/** A device of round numbers: 400 crystals a second. */
export const sampleBench: DeviceBench = {
  roofs: {
    gigaflopsPerSecond: 123.4,
    gigabytesPerSecond: 12.34,
    copyGigabytesPerSecond: { vec4: 9, mat4x4: 12.34, transfer: 20 },
  },
  products: [
    { side: 512, milliseconds: 4.35, gigaflopsPerSecond: 61.7 },
    { side: 1024, milliseconds: 40, gigaflopsPerSecond: 53.7 },
  ],
  training: {
    materialsPerSecond: 400,
    stepMilliseconds: 160,
    firstStepMilliseconds: 2500,
    batchSize: 64,
    parameterCount: 84_000,
    atomsPerCrystal: 6,
    edgesPerCrystal: 80,
  },
};

/** Two steps of 8 ms on the GPU, three quarters of it in products. */
export const sampleProfile: TrainingProfile = {
  adapter: 'llvmpipe (LLVM 15.0.6, 256 bits)',
  warmUpSteps: 16,
  profiledSteps: 2,
  slowSteps: 1,
  stepMilliseconds: 10,
  kernelMilliseconds: 8,
  launchesPerStep: 20,
  batchSize: 64,
  parameterCount: 84_000,
  peakBytes: 20 * 2 ** 20,
  kernels: [
    {
      kernel: 'matmul',
      launches: 12,
      milliseconds: 12,
      bytes: 1.2e8,
      gigabytesPerSecond: 10,
      gigaflopsPerSecond: 40,
    },
    {
      kernel: 'adamw',
      launches: 28,
      milliseconds: 4,
      bytes: 1.2e7,
      gigabytesPerSecond: 3,
      gigaflopsPerSecond: null,
    },
  ],
  layers: [
    {
      layer: 'structure/conv1',
      launches: 18,
      milliseconds: 12,
      bytes: 1.2e8,
      gigabytesPerSecond: 10,
      gigaflopsPerSecond: 40,
    },
    {
      layer: '',
      launches: 22,
      milliseconds: 4,
      bytes: 1.2e7,
      gigabytesPerSecond: 3,
      gigaflopsPerSecond: null,
    },
  ],
};

const ramp = Array.from({ length: 61 }, (_, at) => 10 ** (at / 10 - 6));

/** A loss that falls around 1e-3, is least at 1e-2, and rises from there. */
export const sampleRange: RangeReport = {
  adapter: 'llvmpipe (LLVM 15.0.6, 256 bits)',
  seed: 0,
  steps: 61,
  batchSize: 64,
  points: ramp
    .slice(0, 45)
    .map((learningRate, at) => ({ learningRate, loss: at <= 40 ? 5 - at / 10 : at - 38 })),
  smoothed: ramp.slice(0, 45).map((_, at) => (at <= 40 ? 5 - at / 10 : at - 38)),
  ended: 'too-high',
  steepest: 1e-3,
  minimum: 1e-2,
  minimumTenth: 1e-3,
};
