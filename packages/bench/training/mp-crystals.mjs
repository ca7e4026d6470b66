// Trains a CGCNN on the formation energy (or band gap) of mp-crystals and prints JSON lines: data, one a epoch, result.
// See README.md; build the packages first.
import { openDevice } from '@bravais/tensor-core/node';
import { edgeCount, loadCrystals } from './crystals.mjs';
import { createModel } from './formation-energy-model.mjs';
import { createPredictor, meanAbsoluteDifference } from './predictions.mjs';
import { readOptions } from './read-options.mjs';
import { epochOrder, targetScale, trainEpoch } from './train-epoch.mjs';
import { createTrainingStep } from './training-step.mjs';

const options = readOptions({ limit: null, val: null, epochs: 5, batch: 128, seed: 0, target: 'e_form' });
const { epochs, batch: batchSize, seed, target } = options;

const { train, val, ...loading } = await loadCrystals(options);
const scale = targetScale(train.targets);
const device = await openDevice();
const model = createModel(device, seed);
const parameterCount = model.parameters.entries.reduce((sum, { size }) => sum + size, 0);
print('data', {
  target,
  train: train.graphs.length,
  val: val.graphs.length,
  edges: edgeCount(train.graphs),
  parameterCount,
  ...loading,
});

const stepsPerEpoch = Math.floor(train.graphs.length / batchSize);
const { step, captured } = createTrainingStep(model, epochs * stepsPerEpoch);
const predict = createPredictor(model, model.parameters.tree, val, batchSize);
const rows = [];
for (let epoch = 0; epoch < epochs; epoch++) {
  const order = epochOrder(seed, epoch, train.graphs.length, batchSize);
  const row = await trainEpoch({ model, step, data: train, order, batchSize, scale });
  const predicted = (await predict()).map((value) => value * scale.deviation + scale.mean);
  const valMae = meanAbsoluteDifference(predicted, val.targets);
  rows.push({ ...row, valMae });
  const { seconds, steps, crystals, edges, loss } = row;
  print('epoch', { epoch, ...seconds, steps, crystals, edges, loss, valMae });
}

// Kernels are compiled in the first epoch, which counts only where there is no other.
const counted = rows.length > 1 ? rows.slice(1) : rows;
const sum = (pick) => counted.reduce((total, row) => total + pick(row), 0);
const seconds = sum((row) => row.seconds.total);
const steps = sum((row) => row.steps);
const perStep = (part) => (1000 * sum((row) => row.seconds[part])) / steps;
print('result', {
  side: 'bravais',
  adapter: device.adapter.description,
  target,
  seed,
  batch: batchSize,
  crystalsPerSecond: sum((row) => row.crystals) / seconds,
  edgesPerSecond: sum((row) => row.edges) / seconds,
  secondsPerEpoch: seconds / counted.length,
  cpuSecondsPerEpoch: sum((row) => row.seconds.cpu) / counted.length,
  millisecondsPerStep: {
    total: perStep('total'),
    assemble: perStep('assemble'),
    record: perStep('record'),
    wait: perStep('wait'),
  },
  launchesPerStep: sum((row) => row.launches) / steps,
  captured: captured.stats,
  peakMegabytes: device.stats.peakLiveBytes / 2 ** 20,
  valMae: rows.at(-1).valMae,
});
device.destroy();

function print(kind, values) {
  console.log(JSON.stringify({ kind, ...values }));
}
