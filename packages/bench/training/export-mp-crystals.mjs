// Writes what mp-crystals.mjs trains on, bit for bit, for packages/bench/pytorch/mp_crystals.py: graphs, targets, and for
// each seed the initial parameters and the order of the crystals. The data goes into --out and never into the repository.
import { graphArrays, parameterArrays, writeArrayFolder } from './array-folder.mjs';
import { loadCrystals } from './crystals.mjs';
import { outsideRepository } from './data-root.mjs';
import { CUTOFF_ANGSTROM, DISTANCE_BINS, ENCODER, initialTree } from './formation-energy-model.mjs';
import { readOptions } from './read-options.mjs';
import { epochOrder, targetScale } from './train-epoch.mjs';
import { OPTIMIZER } from './training-step.mjs';

const options = readOptions({
  out: '',
  limit: null,
  val: null,
  epochs: 5,
  batch: 128,
  seeds: 1,
  target: 'e_form',
});
const { epochs, batch: batchSize, seeds, target } = options;
const out = outsideRepository(options.out);

const { train, val } = await loadCrystals(options);
const starts = Array.from({ length: seeds }, (_, seed) => {
  const orders = Array.from({ length: epochs }, (__, epoch) =>
    epochOrder(seed, epoch, train.graphs.length, batchSize),
  );
  const values = Int32Array.from(orders.flatMap((order) => [...order]));
  return {
    ...parameterArrays(`seed${seed}.parameters`, initialTree(seed)),
    [`seed${seed}.order`]: { values, shape: [epochs, orders[0].length] },
  };
});
writeArrayFolder(
  out,
  Object.assign(
    {
      ...graphArrays('train', train.graphs),
      'train.targets': { values: train.targets },
      ...graphArrays('val', val.graphs),
      'val.targets': { values: val.targets },
    },
    ...starts,
  ),
  {
    experiment: 'mp-crystals',
    target,
    scale: targetScale(train.targets),
    encoder: ENCODER,
    distanceBins: DISTANCE_BINS,
    cutoffAngstrom: CUTOFF_ANGSTROM,
    batchSize,
    epochs,
    optimizer: OPTIMIZER,
  },
);
