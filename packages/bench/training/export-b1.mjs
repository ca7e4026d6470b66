// Writes what b1.mjs trains on, bit for bit, for packages/bench/pytorch/b1.py: graphs, standardised descriptors, spectra,
// and for each seed the initial parameters and the order of the materials. The data goes into --out and never into the
// repository.
import { PHONON_DOS_BINS } from '@bravais/datasets';
import { namedValues } from '@bravais/tensor-core/nn';
import { openDevice } from '@bravais/tensor-core/node';
import { foldIn, key } from '@bravais/tensor-core/random';
import { BatchOrder, createModel, fitPreprocessing, standardize, stepsPerEpoch } from '@bravais/trainer';
import { graphArrays, writeArrayFolder } from './array-folder.mjs';
import { loadB1 } from './b1-materials.mjs';
import { outsideRepository } from './data-root.mjs';
import { readOptions } from './read-options.mjs';

/** The trainer's stream of the batch order below the run's key. */
const BATCH_STREAM = 1;

const { out: folder, epochs, seeds } = readOptions({ out: '', epochs: 5, seeds: 1 });
const out = outsideRepository(folder);
const { config, materials } = await loadB1({ epochs, seed: 0 });
const [train, val] = ['train', 'val'].map((split) => materials.filter((each) => each.split === split));
const { batchSize } = config.training;
const steps = epochs * stepsPerEpoch(train.length, batchSize);
const preprocessing = fitPreprocessing(config, train);
const standardizer = preprocessing.descriptors;
const { count: bins } = PHONON_DOS_BINS;

const device = await openDevice();
const starts = [];
for (let seed = 0; seed < seeds; seed++) {
  const { parameters } = createModel(device, { ...config, seed }, preprocessing);
  const values = namedValues(parameters.entries, await parameters.flat.read());
  const batches = new BatchOrder(foldIn(key(seed), BATCH_STREAM), train.length, batchSize);
  const order = Array.from({ length: steps }, (_, step) => [...batches.at(step)]);
  starts.push(
    Object.fromEntries(
      parameters.entries.map(({ name, shape }) => [
        `seed${seed}.parameters.${name}`,
        { values: values.get(name), shape },
      ]),
    ),
    { [`seed${seed}.order`]: { values: Int32Array.from(order.flat()), shape: [steps, batchSize] } },
  );
}
device.destroy();

const { schedule, ...adam } = config.optim;
const { structure, views, embeddingDim } = config.model;
writeArrayFolder(out, Object.assign({}, splitArrays('train', train), splitArrays('val', val), ...starts), {
  experiment: config.name,
  encoder: {
    ...structure,
    embeddingDim,
    descriptors: standardizer.mean.length,
  },
  spectrum: views.phononDos,
  bins,
  cutoffAngstrom: config.graph.cutoffAngstrom,
  temperature: config.loss.temperature,
  batchSize,
  epochs,
  optimizer: {
    ...adam,
    warmupFraction: schedule.warmupFraction,
    finalFraction: schedule.finalFraction,
  },
});

function splitArrays(name, split) {
  const spectra = new Float32Array(split.length * bins);
  split.forEach(({ views }, row) => {
    spectra.set(views.phononDos, row * bins);
  });
  const descriptors = standardize(
    standardizer,
    split.map((each) => each.structure.descriptors),
  );
  return {
    ...graphArrays(
      name,
      split.map(({ structure }) => structure.graph),
    ),
    [`${name}.descriptors`]: { values: descriptors, shape: [split.length, standardizer.mean.length] },
    [`${name}.spectra`]: { values: spectra, shape: [split.length, bins] },
  };
}
