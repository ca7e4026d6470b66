// Trains an encoder on the formation energy or the band gap of mp-crystals, in as many calls as it takes, and prints JSON
// lines: data, one an epoch, result. See README.md; build the packages first.
import { siteFeatureCount } from '@bravais/graph-nn';
import { openDevice } from '@bravais/tensor-core/node';
import { edgeCount } from './crystals.mjs';
import { loadPropertyData } from './property-data.mjs';
import { createPropertyTraining } from './property-training.mjs';
import { readOptions } from './read-options.mjs';
import { trivialBaselines } from './trivial-baselines.mjs';

const { graphs, run, minutes, resume, test, every, basis, angles, ...settings } = readOptions({
  graphs: '',
  run: '',
  minutes: { real: Number.POSITIVE_INFINITY },
  resume: false,
  test: false,
  every: 1,
  target: 'e_form',
  neighbors: 16,
  baseline: 'mean',
  limit: null,
  val: null,
  model: 'cogn',
  width: 128,
  blocks: 4,
  layers: 3,
  bins: 40,
  cutoff: 8,
  basis: 'gaussian',
  angles: 0,
  embedding: 128,
  elements: 'properties',
  dropout: { real: 0 },
  init: '',
  epochs: 100,
  batch: 64,
  lr: { real: 1e-3 },
  schedule: 'one-cycle',
  warmup: { real: 0.1 },
  decay: { real: 0.01 },
  loss: 'l1',
  clip: { real: 1 },
  ema: { real: 0.999 },
  seed: 0,
});
const start = performance.now();
const elapsed = () => (performance.now() - start) / 1000;

const { train, val, test: held } = await loadPropertyData({ graphs, angles, ...settings });
const device = await openDevice();
// Named only where they are not what they were before there was a choice, so that older runs go on.
const choices = {
  ...(basis === 'gaussian' ? {} : { basis }),
  ...(angles ? { angles, siteFeatures: siteFeatureCount({}) } : {}),
};
const all = { ...settings, cutoffAngstrom: settings.cutoff, ...choices };
const training = createPropertyTraining(device, { train, val, settings: all, run });
print('data', {
  ...all,
  adapter: device.adapter.description,
  crystals: [train, val, held].map((data) => data.targets.length),
  edges: edgeCount(train.graphs),
  parameterCount: training.parameterCount,
  trivialVal: trivialBaselines(train, val),
  seconds: elapsed(),
});
if (resume) print('resumed', training.load());
else training.refuseToOverwrite();

// Kernels are compiled in the first epoch, and not every epoch ends with an evaluation: the next takes at most as long as the
// longest of the last few.
const durations = [];
while (!training.finished && elapsed() + Math.max(0, ...durations.slice(-every - 1)) < 60 * minutes) {
  const begun = elapsed();
  const row = await training.epoch(every);
  print('epoch', { ...row, elapsed: elapsed() });
  durations.push(elapsed() - begun);
}
await training.save();
const { best, epochs } = training.progress;
print('result', { epochs, finished: training.finished, best, captured: training.captured.stats });
if (test) {
  if (!best)
    throw new Error(
      `--test needs an epoch with a validation error, got ${epochs} epochs without. Lower --every.`,
    );
  const { valMae, epoch } = training.loadBest();
  const testMae = await training.error(held);
  print('test', { testMae, valMae, epoch, trivial: trivialBaselines(train, held), elapsed: elapsed() });
}
device.destroy();

function print(kind, values) {
  console.log(JSON.stringify({ kind, ...values }));
}
