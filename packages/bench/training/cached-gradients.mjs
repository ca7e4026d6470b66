// Device memory of a contrastive step beside the size of its batch, whole and in parts (`cachedFlatGradient`): CGCNN of width 64 with 3
// convolutions on mp-crystals (on the embedded reference set where there is no data) against an MLP on made-up spectra, under CLIP.
// Prints JSON lines: data, one a step, result. See README.md; build the packages first.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { referenceSet } from '@bravais/datasets/reference';
import {
  batchGraphs,
  bucketOf,
  cgcnn,
  crystalGraph,
  gaussianBasis,
  graphArrays,
  initCgcnn,
  padBatch,
  uploadGraphArrays,
} from '@bravais/graph-nn';
import { cachedFlatGradient, clip, joinParts } from '@bravais/losses';
import { tensor } from '@bravais/tensor-core';
import { initMlp, mlp, packParameters } from '@bravais/tensor-core/nn';
import { openDevice } from '@bravais/tensor-core/node';
import { valueAndFlatGradient } from '@bravais/tensor-core/optim';
import { foldIn, key } from '@bravais/tensor-core/random';
import { edgeCount, loadCrystals } from './crystals.mjs';
import { repositoryFile } from './data-root.mjs';
import { CUTOFF_ANGSTROM, ENCODER } from './formation-energy-model.mjs';
import { readOptions } from './read-options.mjs';

const BINS = 51;
const {
  batch,
  part,
  budget,
  direct: smallest,
  dropout,
} = readOptions({
  batch: 4096,
  part: 128,
  budget: 2000,
  direct: 512,
  dropout: { real: 0.1 },
});

const { source, graphs } = await loadGraphs(batch);
print('data', { source, crystals: graphs.length, edges: edgeCount(graphs) });

for (let size = smallest; size <= batch; size *= 2) if (!(await measure('direct', size))) break;
const fits = await measure('cached', batch);
const compared = 4 * part;
const [whole, cached] = [await gradientOf('direct', compared), await gradientOf('cached', compared)];
print('result', {
  batch,
  part,
  fits,
  gradientDifference: { batch: compared, relative: relativeDifference(cached, whole) },
});

/** One step on a device of its own with a memory budget; whether it fits. */
async function measure(form, size) {
  const device = await openDevice({ memoryBudgetBytes: budget * 1e6 });
  const step = { form, batch: size, ...(form === 'cached' ? { part } : {}) };
  const start = performance.now();
  try {
    const { loss } = await run(device, form, size);
    const { peakLiveBytes, liveBytes, freeBytes } = device.stats;
    print('step', {
      ...step,
      peakMegabytes: megabytes(peakLiveBytes),
      reservedMegabytes: megabytes(liveBytes + freeBytes),
      seconds: (performance.now() - start) / 1000,
      loss,
      adapter: device.adapter.description,
    });
    return true;
  } catch (error) {
    if (error.name !== 'MemoryBudgetError') throw error;
    print('step', { ...step, tooLarge: error.message });
    return false;
  } finally {
    device.destroy();
  }
}

async function gradientOf(form, size) {
  const device = await openDevice();
  const { gradient } = await run(device, form, size);
  device.destroy();
  return gradient;
}

/** Loss and gradient of the first `size` crystals; inputs are uploaded part by part. */
async function run(device, form, size) {
  const [structureKey, spectrumKey] = [0, 1].map((stream) => foldIn(key(0), stream));
  const parameters = packParameters(device, {
    structure: initCgcnn(structureKey, ENCODER),
    spectrum: initMlp(spectrumKey, [BINS, 256, ENCODER.embeddingDim]),
  });
  const basis = gaussianBasis(device, ENCODER.distanceBins, CUTOFF_ANGSTROM);
  const encode = (tree, { crystals, spectra, dropoutKey }) => {
    const graph = uploadGraphArrays(device, crystals);
    const x = tensor(device, spectra, [spectra.length / BINS, BINS]);
    return {
      structure: cgcnn(tree.structure, { graph, basis }, dropout, foldIn(dropoutKey, 0)),
      spectrum: mlp(tree.spectrum, x, dropout, foldIn(dropoutKey, 1)),
    };
  };
  const loss = (embeddings) => clip(embeddings, { temperature: 0.07 }).total;
  const parts = Array.from({ length: Math.ceil(size / part) }, (_, index) =>
    partOf(index * part, Math.min(size, (index + 1) * part), foldIn(key(1), index)),
  );
  const direct = (tree) => loss(joinParts(parts.map((each) => encode(tree, each))));
  const { value, gradient } =
    form === 'direct'
      ? valueAndFlatGradient(parameters, direct, null)
      : cachedFlatGradient(parameters, { parts, encode, loss }, null);
  return { loss: await value.item(), gradient: await gradient.flat.read() };
}

function partOf(from, to, dropoutKey) {
  const joined = batchGraphs(graphs.slice(from, to));
  return {
    crystals: graphArrays(padBatch(joined, bucketOf(joined))),
    // Smooth and different for every crystal.
    spectra: Float32Array.from({ length: (to - from) * BINS }, (_, at) =>
      Math.sin((1 + (from + Math.floor(at / BINS)) * 0.37) * ((at % BINS) / BINS)),
    ),
    dropoutKey,
  };
}

async function loadGraphs(count) {
  const root = resolve(repositoryFile('.'), process.env.BRAVAIS_DATA ?? '../shared/data');
  if (existsSync(resolve(root, 'mp-crystals/train.jsonl.gz'))) {
    const { train } = await loadCrystals({ limit: count, val: 0, target: 'e_form' });
    return { source: 'mp-crystals', graphs: train.graphs };
  }
  const found = referenceSet().map(({ structure }) => crystalGraph(structure));
  return {
    source: 'reference',
    graphs: Array.from({ length: count }, (_, row) => found[row % found.length]),
  };
}

function relativeDifference(actual, expected) {
  const norm = (values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return norm(actual.map((value, at) => value - expected[at])) / norm(expected);
}

function megabytes(bytes) {
  return Math.round(bytes / 1e5) / 10;
}

function print(kind, values) {
  console.log(JSON.stringify({ kind, ...values }));
}
