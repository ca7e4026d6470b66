// Evaluates weights that b2.mjs wrote and prints one JSON line: `node b2-evaluate.mjs --weights best.safetensors
// --graphs FOLDER [--split val|test]`. See README.md; build the packages first.
import { readFileSync } from 'node:fs';
import { openDevice } from '@bravais/tensor-core/node';
import { decodeSafetensors } from '@bravais/trainer';
import { createPredictor, propertyError } from './predictions.mjs';
import { loadPropertyData } from './property-data.mjs';
import { createPropertyModel } from './property-model.mjs';
import { readOptions } from './read-options.mjs';
import { loadWeights } from './run-state.mjs';
import { targetScale } from './train-epoch.mjs';
import { trivialBaselines } from './trivial-baselines.mjs';

const { weights, graphs, split } = readOptions({ weights: '', graphs: '', split: 'val' });
const { metadata } = decodeSafetensors(readFileSync(weights), weights);
const settings = JSON.parse(metadata.options);
const { train, ...others } = await loadPropertyData({ graphs, ...settings, val: undefined });
const held = others[split];
if (!held) throw new Error(`--split must be val or test, got "${split}".`);
const device = await openDevice();
const model = createPropertyModel(device, settings, settings.seed, 0);
const { valMae, epoch } = loadWeights(weights, model.parameters, model.parameters.flat);
const differences = train.targets.map((value, row) => value - train.offsets[row]);
const predict = createPredictor(model, model.parameters.tree, held.graphs, settings.batch);
const line = {
  adapter: device.adapter.description,
  target: settings.target,
  split,
  crystals: held.targets.length,
  mae: await propertyError(held, predict, targetScale(differences), settings.target),
  trivial: trivialBaselines(train, held),
  whenTrained: { valMae, epoch },
};
console.log(JSON.stringify(line));
device.destroy();
