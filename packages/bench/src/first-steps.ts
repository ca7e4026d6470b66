import { measureTraining } from '@bravais/cli';
import { openDevice } from '@bravais/tensor-core/node';
import type { StartLine } from './start/line';
import { printLine } from './workloads/time-workloads';

// `node dist/first-steps.js`: the first steps of a training in this process, as one JSON line.
const device = await openDevice();
const openSeconds = performance.now() / 1000;
let kernels = 0;
const create = device.gpu.createComputePipeline.bind(device.gpu);
device.gpu.createComputePipeline = (descriptor) => {
  kernels++;
  return create(descriptor);
};
const speed = await measureTraining(device, new AbortController().signal, 1);
const line: StartLine = {
  adapter: device.adapter.description,
  kernels,
  openSeconds,
  firstStepSeconds: speed.firstStepMilliseconds / 1000,
  stepSeconds: speed.stepMilliseconds / 1000,
};
printLine(line);
device.destroy();
