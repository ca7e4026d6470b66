// Turns weights that b2.mjs wrote into a model by itself, for `bravais predict`:
// `node release-b2.mjs --weights RUN/best.safetensors --name formation-energy --graphs FOLDER --out models/formation-energy`.
// See README.md; build the packages first.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors, encodeModel, modelCard, resolveConfig } from '@bravais/trainer';
import { loadPropertyData } from './property-data.mjs';
import { encoderConfig } from './property-encoder.mjs';
import { readOptions } from './read-options.mjs';
import { replaceFile } from './replace-file.mjs';
import { targetScale } from './train-epoch.mjs';

/** What a property is called among the targets of a model, and what is known of its values. */
const TARGETS = {
  e_form: { name: 'formationEnergy', says: 'Formation energy (eV/atom)' },
  gap: { name: 'bandGap', says: 'PBE band gap (eV)', minimum: 0 },
};

const { weights, name, graphs, out } = readOptions({ weights: '', name: '', graphs: '', out: '' });
const { tensors, metadata } = decodeSafetensors(readFileSync(weights), weights);
const options = JSON.parse(metadata.options);
const facts = JSON.parse(metadata.facts);
if (options.baseline !== 'mean') {
  throw new Error(
    `--weights: trained with --baseline mean expected, got ${options.baseline}. Train them anew.`,
  );
}
const { name: target, says, ...range } = TARGETS[options.target];
const { train, val } = await loadPropertyData({ graphs, ...options, val: undefined });
const [offset] = train.offsets;
const scale = targetScale(train.targets.map((value) => value - offset));
const [mean, deviation] = [offset + scale.mean, scale.deviation];

const config = resolveConfig({
  name,
  description: `${says} of Materials Project crystals: the weights of packages/bench/training/b2.mjs, averaged over the steps.`,
  seed: options.seed,
  data: { source: 'mp-crystals' },
  graph: {
    neighbors: options.neighbors,
    cutoffAngstrom: options.cutoff,
    ...(options.angles ? { siteFeatures: {} } : {}),
  },
  model: { embeddingDim: options.embedding, structure: encoderConfig(options) },
  targets: { [target]: { kind: 'regression', property: options.target, loss: options.loss, ...range } },
  optim: {
    learningRate: options.lr,
    weightDecay: options.decay,
    clipNorm: options.clip,
    schedule: { kind: options.schedule, warmupFraction: options.warmup },
  },
  training: { epochs: options.epochs, batchSize: options.batch },
});
const model = new Map([...tensors].map(([key, tensor]) => [renamed(key), tensor]));
for (const [key, value] of Object.entries({ mean, deviation })) {
  const data = Float32Array.of(value);
  model.set(`preprocessing.targets.${target}.${key}`, { dtype: 'F32', shape: [1], data });
}
const step = facts.epoch * Math.floor(train.targets.length / options.batch);
const released = { config, model, viewOptions: {}, step, scores: { [`${target}/mae`]: facts.valMae } };
mkdirSync(out, { recursive: true });
replaceFile(join(out, 'model.safetensors'), await encodeModel(released));
replaceFile(join(out, 'README.md'), modelCard(released, 'model'));
console.log(
  JSON.stringify({ out, step, train: train.targets.length, val: val.targets.length, mean, deviation }),
);

/** The names that a model has its parameters by. */
function renamed(key) {
  if (key.startsWith('encoder.')) return key.replace('encoder', 'structure');
  return key.replace('output', `targets.${target}.layers.0`);
}
