import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { potentialEdges } from '@bravais/graph-nn';
import { decodeSafetensors, encodeSafetensors } from '@bravais/trainer';
import { processSeconds } from './host-clock.mjs';
import { replaceFile } from './replace-file.mjs';

/** Crystals that a thread takes at once and that share a file: some seconds of work. */
const SHARD = 512;
/** Part of every key; raise it where `potentialEdges` changes. */
const FORMAT = 'bravais-potentials-1';

/**
 * `potentialEdges` of every crystal, in the order given, by worker threads, and what they cost. Kept in a folder, in a file for each
 * shard of crystals that is named by their digest.
 *
 * @param {readonly import('@bravais/graph-nn').Crystal[]} crystals
 * @param {{ cacheFolder?: string | null, workers?: number }} [how] 1 worker is this thread
 * @returns {Promise<{ potentials: import('@bravais/graph-nn').PotentialEdges[], made: number, cpuSeconds: number }>} `made`: crystals
 * that were not in the folder
 */
export async function preparePotentials(
  crystals,
  { cacheFolder = null, workers = availableParallelism() } = {},
) {
  const begun = processSeconds();
  const shards = Array.from({ length: Math.ceil(crystals.length / SHARD) }, (_, index) => {
    const own = crystals.slice(index * SHARD, (index + 1) * SHARD);
    return { crystals: own, file: cacheFolder && join(cacheFolder, `${digestOf(own)}.potentials`) };
  });
  const missing = shards.filter((shard) => {
    if (shard.file !== null && existsSync(shard.file)) shard.made = readPotentials(shard);
    return !shard.made;
  });
  const finish = (shard, made) => {
    shard.made = made;
    if (shard.file !== null) writePotentials(shard);
  };
  if (workers === 1 || missing.length < 2) {
    for (const shard of missing)
      finish(
        shard,
        shard.crystals.map((crystal) => potentialEdges(crystal)),
      );
  } else await inWorkers(missing, Math.min(workers, missing.length), finish);
  return {
    potentials: shards.flatMap(({ made }) => made),
    made: missing.reduce((sum, shard) => sum + shard.crystals.length, 0),
    cpuSeconds: processSeconds() - begun,
  };
}

async function inWorkers(shards, count, finish) {
  const waiting = shards.values();
  const threads = [];
  const work = async () => {
    const worker = new Worker(new URL('./potential-worker.mjs', import.meta.url));
    threads.push(worker);
    const failed = new Promise((_resolve, reject) => worker.once('error', reject));
    for (const shard of waiting) {
      const answer = new Promise((resolve) => worker.once('message', resolve));
      worker.postMessage(
        shard.crystals.map(({ latticeAngstrom, fracCoords, atomicNumbers, occupations }) => ({
          ...{ latticeAngstrom, fracCoords, atomicNumbers, occupations },
        })),
      );
      finish(shard, await Promise.race([answer, failed]));
    }
  };
  try {
    await Promise.all(Array.from({ length: count }, work));
  } finally {
    await Promise.all(threads.map((worker) => worker.terminate()));
  }
}

function digestOf(crystals) {
  const hash = createHash('sha256').update(FORMAT);
  for (const { latticeAngstrom, fracCoords, atomicNumbers, occupations } of crystals) {
    const numbers = [atomicNumbers.length, ...latticeAngstrom, ...fracCoords, ...atomicNumbers];
    hash.update(Float64Array.from(numbers));
    hash.update(JSON.stringify(occupations ?? null));
  }
  return hash.digest('hex');
}

function writePotentials({ file, made, crystals }) {
  mkdirSync(join(file, '..'), { recursive: true });
  const sublatticeOf = Int32Array.from(made.flatMap((each) => [...each.sublatticeOf]));
  const potential = Float32Array.from(made.flatMap((each) => [...each.potential]));
  const counts = Int32Array.from(made, (each) => each.potential.length);
  const tensors = new Map([
    ['sublatticeOf', { dtype: 'I32', shape: [sublatticeOf.length], data: sublatticeOf }],
    ['counts', { dtype: 'I32', shape: [crystals.length], data: counts }],
    ['potential', { dtype: 'F32', shape: [potential.length], data: potential }],
  ]);
  replaceFile(file, encodeSafetensors(tensors, { format: FORMAT }));
}

function readPotentials({ file, crystals }) {
  const { tensors } = decodeSafetensors(readFileSync(file), file);
  const [sublatticeOf, counts, potential] = ['sublatticeOf', 'counts', 'potential'].map(
    (name) => tensors.get(name).data,
  );
  let [site, edge] = [0, 0];
  return crystals.map(({ atomicNumbers }, row) => {
    const [firstSite, firstEdge] = [site, edge];
    site += atomicNumbers.length;
    edge += counts[row];
    return {
      sublatticeOf: sublatticeOf.slice(firstSite, site),
      potential: potential.slice(firstEdge, edge),
    };
  });
}
