// Evaluates weights that b2.mjs wrote and prints one JSON line a file, and one for the mean of their predictions where there are
// several: `node b2-evaluate.mjs --weights a.safetensors,b.safetensors --graphs FOLDER [--split val|test]`. See README.md; build
// the packages first.
import { readFileSync } from 'node:fs';
import { openDevice } from '@bravais/tensor-core/node';
import { decodeSafetensors } from '@bravais/trainer';
import { createPredictor, meanAbsoluteDifference, propertyPredictions } from './predictions.mjs';
import { loadPropertyData } from './property-data.mjs';
import { propertyEncoder } from './property-encoder.mjs';
import { createPropertyModel } from './property-model.mjs';
import { readOptions } from './read-options.mjs';
import { loadWeights } from './run-state.mjs';
import { targetScale } from './train-epoch.mjs';
import { trivialBaselines } from './trivial-baselines.mjs';

/** What says which crystals, graphs and targets weights are for; those of one call share it. */
const OF_DATA = ['target', 'baseline', 'limit', 'neighbors', 'cutoff', 'angles'];

const { weights, graphs, split } = readOptions({ weights: '', graphs: '', split: 'val' });
const members = weights.split(',').map((file) => ({ file, settings: settingsOf(file) }));
const [{ settings: first }] = members;
for (const { file, settings } of members) {
  const other = OF_DATA.find((name) => settings[name] !== first[name]);
  if (other === undefined) continue;
  throw new Error(
    `--weights: all must be of one --${other}, got ${settings[other]} in ${file} and ${first[other]} before. Evaluate them apart.`,
  );
}
const infinite = members.some(({ settings }) => propertyEncoder(settings).edges === 'infinite');
const { train, val, test } = await loadPropertyData({
  graphs,
  ...first,
  val: undefined,
  infinite: infinite ? [split] : [],
});
const held = { val, test }[split];
if (!held) throw new Error(`--split must be val or test, got "${split}".`);
const device = await openDevice();
const facts = {
  adapter: device.adapter.description,
  target: first.target,
  split,
  crystals: held.targets.length,
};
const trivial = trivialBaselines(train, held);
const scale = targetScale(train.targets.map((value, row) => value - train.offsets[row]));

const mean = new Float32Array(held.targets.length);
for (const { file, settings } of members) {
  const model = createPropertyModel(device, settings, settings.seed);
  const whenTrained = loadWeights(file, model.parameters, model.parameters.flat);
  const predict = createPredictor(model, model.parameters.tree, held, settings.batch);
  const predicted = await propertyPredictions(held, predict, scale, settings.target);
  print({ ...facts, weights: file, model: settings.model, ...errorOf(predicted), trivial, whenTrained });
  predicted.forEach((value, row) => {
    mean[row] += value / members.length;
  });
}
if (members.length > 1) print({ ...facts, weights: `mean of ${members.length}`, ...errorOf(mean), trivial });
device.destroy();

function settingsOf(file) {
  const { metadata } = decodeSafetensors(readFileSync(file), file);
  return JSON.parse(metadata.options);
}

function errorOf(predicted) {
  return { mae: meanAbsoluteDifference(predicted, held.targets) };
}

function print(line) {
  console.log(JSON.stringify(line));
}
