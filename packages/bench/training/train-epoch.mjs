import { readAll } from '@bravais/tensor-core';
import { foldIn, key, permutation } from '@bravais/tensor-core/random';
import { edgeCount } from './crystals.mjs';
import { hostBatch } from './host-batch.mjs';
import { hostSeconds, processSeconds } from './host-clock.mjs';

/** Stream of the batch order below a seed's key; 0 is the initial parameters. */
const ORDER_STREAM = 1;

/** Order of the training crystals in an epoch, cut to whole batches. */
export function epochOrder(seed, epoch, crystals, batchSize) {
  if (crystals < batchSize) {
    throw new Error(
      `an epoch must hold one batch of ${batchSize} or more, got ${crystals} crystals. Raise --limit.`,
    );
  }
  const order = permutation(foldIn(foldIn(key(seed), ORDER_STREAM), epoch), crystals);
  return order.subarray(0, Math.floor(crystals / batchSize) * batchSize);
}

/** Mean and standard deviation of the training targets, which the model predicts in these units. */
export function targetScale(targets) {
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const variance = targets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / targets.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** The crystals of the given rows as one host batch; `edges` counts those of the crystals, before equal ones are merged. */
function assemble(model, data, rows, { mean, deviation }) {
  return {
    batch: hostBatch(model, data, rows),
    edges: edgeCount(Array.from(rows, (row) => data.graphs[row])),
    targets: Float32Array.from(rows, (row) => (data.targets[row] - mean) / deviation),
  };
}

/**
 * One pass over the training crystals, or the part of it until `over` is true after a step. A loss is read while the next step is
 * computed, so the host prepares a batch meanwhile.
 *
 * @returns `total` seconds of the epoch and of these `wait`, asleep for the device; CPU seconds of the main thread:
 * `assemble` (joining and padding graphs) and `record` (upload, operations, submit); `cpu`, those of all threads of the process
 */
export async function trainEpoch({ model, step, data, order, batchSize, scale, over = () => false }) {
  const seconds = { total: 0, assemble: 0, record: 0, wait: 0, cpu: 0 };
  const { device } = model;
  const launches = device.stats.launches;
  const cpu = processSeconds();
  const start = performance.now();
  let [edges, lossSum, steps] = [0, 0, 0];
  let reading = null;
  do {
    const rows = order.subarray(steps * batchSize, (steps + 1) * batchSize);
    const begun = hostSeconds();
    const batch = assemble(model, data, rows, scale);
    const assembled = hostSeconds();
    const next = readLoss(step(batch));
    const recorded = hostSeconds();
    const asleep = performance.now();
    if (reading) lossSum += await reading;
    reading = next;
    edges += batch.edges;
    seconds.assemble += assembled - begun;
    seconds.record += recorded - assembled;
    seconds.wait += (performance.now() - asleep) / 1000;
    steps++;
  } while (steps * batchSize < order.length && !over());
  const drained = performance.now();
  lossSum += await reading;
  const end = performance.now();
  seconds.wait += (end - drained) / 1000;
  seconds.total = (end - start) / 1000;
  seconds.cpu = processSeconds() - cpu;
  return {
    seconds,
    steps,
    launches: device.stats.launches - launches,
    crystals: steps * batchSize,
    edges,
    loss: lossSum / steps,
  };
}

async function readLoss(loss) {
  const [values] = await readAll([loss]);
  loss.dispose();
  return values[0];
}
