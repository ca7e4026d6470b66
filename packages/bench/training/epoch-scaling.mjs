// Times an epoch of mp-crystals.mjs's training on 1, 2, 4 and 8 times the data, and fits a line through seconds against
// edges. Prints JSON lines; --plot FILE also draws an SVG. See README.md; build the packages first.
import { writeFileSync } from 'node:fs';
import { openDevice } from '@bravais/tensor-core/node';
import { loadCrystals } from './crystals.mjs';
import { createModel } from './formation-energy-model.mjs';
import { fitLine, linePlot } from './line-plot.mjs';
import { readOptions } from './read-options.mjs';
import { epochOrder, targetScale, trainEpoch } from './train-epoch.mjs';
import { createTrainingStep } from './training-step.mjs';

const options = readOptions({ limit: 1000, batch: 128, seed: 0, plot: '' });
const { limit, batch: batchSize, seed } = options;
const MULTIPLES = [1, 2, 4, 8];

const { train } = await loadCrystals({ limit: 8 * limit, val: 0, target: 'e_form' });
const scale = targetScale(train.targets);
const device = await openDevice();
const { description: adapter } = device.adapter;
const model = createModel(device, seed);
const { step } = createTrainingStep(model, Math.floor((15 * limit) / batchSize));

// Two steps compile the kernels and fill the pool.
await trainEpoch({
  model,
  step,
  data: train,
  order: epochOrder(seed, 0, 2 * batchSize, batchSize),
  batchSize,
  scale,
});
const points = [];
for (const multiple of MULTIPLES) {
  const order = epochOrder(seed, 1, multiple * limit, batchSize);
  const row = await trainEpoch({ model, step, data: train, order, batchSize, scale });
  const { seconds, steps, crystals, edges } = row;
  points.push({ x: edges / 1e6, y: seconds.total, label: `${multiple}×` });
  print('epoch', { multiple, steps, crystals, edges, seconds: seconds.total, cpuSeconds: seconds.cpu });
}
const line = fitLine(points);
const deviations = points.map(({ x, y }) => Math.abs(y / (line.slope * x + line.intercept) - 1));
print('line', {
  adapter,
  secondsPerMillionEdges: line.slope,
  interceptSeconds: line.intercept,
  rSquared: line.rSquared,
  largestDeviation: Math.max(...deviations),
});
if (options.plot !== '') {
  const title = `Epoch on ${adapter.split(':')[0]}: CGCNN, batch ${batchSize}`;
  const labels = { xLabel: 'edges, millions', yLabel: 'seconds' };
  writeFileSync(options.plot, linePlot({ points, line, title, ...labels }));
}
device.destroy();

function print(kind, values) {
  console.log(JSON.stringify({ kind, ...values }));
}
