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
