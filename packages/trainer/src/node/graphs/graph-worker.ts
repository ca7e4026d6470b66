import { parentPort, workerData } from 'node:worker_threads';
import type { CrystalGraphOptions } from '@bravais/graph-nn';
import { unpackCrystals } from './crystal-bytes';
import { encodeGraphs } from './encode-graphs';
import { graphOrError } from './graph-or-error';

// Worker thread: packed crystals in, their graphs as bytes out.
const options = workerData as CrystalGraphOptions;
parentPort?.on('message', (packed: Float64Array<ArrayBuffer>) => {
  const bytes = encodeGraphs(unpackCrystals(packed).map((crystal) => graphOrError(crystal, options)));
  parentPort?.postMessage(bytes, [bytes.buffer]);
});
