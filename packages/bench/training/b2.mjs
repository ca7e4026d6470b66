// Trains an encoder on the formation energy or the band gap of mp-crystals, in as many calls as it takes, and prints JSON
// lines: data, one an epoch, result. See README.md; build the packages first.
import { siteFeatureCount } from '@bravais/graph-nn';
import { openDevice } from '@bravais/tensor-core/node';
import { edgeCount } from './crystals.mjs';
import { loadPropertyData } from './property-data.mjs';
import { propertyEncoder } from './property-encoder.mjs';
import { createPropertyTraining } from './property-training.mjs';
import { readOptions } from './read-options.mjs';
import { trivialBaselines } from './trivial-baselines.mjs';

const {
  graphs,
  run,
  minutes,
  cpuMinutes,
  epochs,
  resume,
  test,
  every,
  basis,
  angles,
  potentialBins,
  ...settings
} = readOptions({
  graphs: '',
  run: '',
  minutes: { real: Number.POSITIVE_INFINITY },
  cpuMinutes: { real: 0 },
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
  potentialBins: 32,
  cutoff: 8,
  basis: 'gaussian',
  angles: 0,
  embedding: 128,
  elements: 'properties',
  dropout: { real: 0 },
  init: '',
  epochs: null,
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

if (epochs !== undefined && cpuMinutes > 0) {
  throw new Error(`--cpu-minutes ends a training in place of --epochs, got both. Leave one out.`);
}
// Named only where they are not what they were before there was a choice, so that older runs go on.
const choices = {
  ...(basis === 'gaussian' ? {} : { basis }),
  ...(angles ? { angles, siteFeatures: siteFeatureCount({}) } : {}),
  ...(settings.model === 'potnet' ? { potentialBins } : {}),
  ...(cpuMinutes > 0 ? { cpuMinutes } : { epochs: epochs ?? 100 }),
};
const all = { ...settings, cutoffAngstrom: settings.cutoff, ...choices };
const infinite = propertyEncoder(all).edges === 'infinite' ? ['train', 'val', ...(test ? ['test'] : [])] : [];
const data = await loadPropertyData({ graphs, angles, ...settings, infinite });
const { train, val, test: held, potentialCost } = data;
const device = await openDevice();
const training = createPropertyTraining(device, { train, val, settings: all, run });
print('data', {
  ...all,
  adapter: device.adapter.description,
  crystals: [train, val, held].map((data) => data.targets.length),
  edges: edgeCount(train.graphs),
  parameterCount: training.parameterCount,
  trivialVal: trivialBaselines(train, val),
  ...(potentialCost ? { potentialCost } : {}),
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
const { best, steps, seconds, cpuSeconds, epochs: begunEpochs } = training.progress;
const passes = steps / training.stepsPerEpoch;
print('result', {
  epochs: begunEpochs,
  passes,
  secondsPerEpoch: seconds / passes,
  cpuSecondsPerEpoch: cpuSeconds / passes,
  finished: training.finished,
  best,
  captured: training.captured.stats,
});
if (test) {
  if (!best)
    throw new Error(
      `--test needs an epoch with a validation error, got ${begunEpochs} epochs without. Lower --every.`,
    );
  const { valMae, epoch } = training.loadBest();
  const testMae = await training.error(held);
  print('test', { testMae, valMae, epoch, trivial: trivialBaselines(train, held), elapsed: elapsed() });
}
device.destroy();

function print(kind, values) {
  console.log(JSON.stringify({ kind, ...values }));
}
