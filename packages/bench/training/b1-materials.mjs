import { prepareMaterials } from '@bravais/trainer';
import { loadRecords, readConfig } from '@bravais/trainer/node';
import { dataRoot, repositoryFile } from './data-root.mjs';

/**
 * The experiment of experiments/b1-first.yaml with another length and seed, evaluated only at its end, and its materials
 * with their graphs.
 *
 * @param {{ epochs: number, seed: number }} options
 */
export async function loadB1({ epochs, seed }) {
  const root = dataRoot('jarvis-phdos/materials.jsonl.gz', 'mp-crystals/train.jsonl.gz');
  const config = await readConfig(repositoryFile('experiments/b1-first.yaml'), [
    `seed=${seed}`,
    `training.epochs=${epochs}`,
    'training.evaluateEvery=null',
    'training.checkpointEvery=1000000000',
    'training.logEvery=1',
  ]);
  const start = performance.now();
  const records = await loadRecords(config.data, root);
  const read = performance.now();
  const materials = prepareMaterials(records, config);
  const seconds = (from, to) => (to - from) / 1000;
  return {
    config,
    materials,
    readSeconds: seconds(start, read),
    graphSeconds: seconds(read, performance.now()),
  };
}
