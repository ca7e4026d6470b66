import { Worker } from 'node:worker_threads';

/** Crystals that a worker takes at a time: few enough to spread evenly, large cells included. */
const SHARE = 128;

/**
 * The graph of each crystal, made in worker threads; `null` where an atom has no neighbour within the cutoff.
 *
 * @param {readonly object[]} structures
 * @param {import('@bravais/graph-nn').CrystalGraphOptions} options
 * @param {number} workers
 * @returns {Promise<(import('@bravais/graph-nn').CrystalGraph | null)[]>} in the order of the crystals, whatever the workers
 */
export async function parallelGraphs(structures, options, workers) {
  const graphs = new Array(structures.length).fill(null);
  let next = 0;
  const work = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./graph-worker.mjs', import.meta.url), { workerData: options });
      const give = () => {
        if (next >= structures.length) {
          worker.terminate().then(resolve, reject);
          return;
        }
        const first = next;
        next += SHARE;
        worker.postMessage({ first, structures: structures.slice(first, next) });
      };
      worker.on('error', reject);
      worker.on('message', ({ first, graphs: made }) => {
        made.forEach((graph, index) => {
          graphs[first + index] = graph;
        });
        give();
      });
      give();
    });
  await Promise.all(Array.from({ length: workers }, work));
  return graphs;
}
