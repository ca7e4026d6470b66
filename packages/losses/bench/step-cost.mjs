// Time and memory of every loss with its gradients against the batch: `node bench/step-cost.mjs [--sizes 64,128,256] [--out FILE.svg]`.
// Three modalities of 128 features (clip: two). Prints a Markdown table of CPU milliseconds, which a shared machine lengthens less than wall
// time, and of device memory at the peak; a step that would take more than `--seconds` (default 20) of CPU is left out. Build the package first.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as losses from '@bravais/losses';
import { tensor, valueAndGrad } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { key } from '@bravais/tensor-core/random';
import { batchPlot } from './batch-plot.mjs';

const { values: given } = parseArgs({
  options: { sizes: { type: 'string' }, out: { type: 'string' }, seconds: { type: 'string' } },
});
const sizes = (given.sizes ?? '64,128,256,512,1024').split(',').map(Number);
const mostSeconds = Number(given.seconds ?? 20);
const FEATURES = 128;
const temperature = 0.1;

/** What a step's work grows with, to foresee what the next size takes. */
const LOSSES = {
  clip: { power: 2, run: ({ a, b }) => losses.clip({ a, b }, { temperature }) },
  allPairsClip: { power: 2, run: (all) => losses.allPairsClip(all, { temperature }) },
  siglip: { power: 2, run: (all) => losses.siglip(all, { temperature }) },
  gram: { power: 2, run: (all) => losses.gram(all, { temperature, anchor: 'a' }) },
  topSingular: { power: 2, run: (all) => losses.topSingular(all, { temperature, anchor: 'a' }) },
  barlowTwins: { power: 1, run: (all) => losses.barlowTwins(all, {}) },
  barlowTwins3d: { power: 1, run: (all) => losses.barlowTwins3d(all, {}) },
  'tensorClip, all': { power: 3, run: (all) => losses.tensorClip(all, { temperature }) },
  'tensorClip, distinct': {
    power: 3,
    run: (all) => losses.tensorClip(all, { temperature, negatives: 'distinct' }),
  },
  'tensorClip, shuffled': {
    power: 2,
    run: (all) => losses.tensorClip(all, { temperature, negatives: 'shuffled', key: key(1) }),
  },
};

const device = await openDevice();
const rows = [];
for (const [name, { power, run }] of Object.entries(LOSSES)) {
  const points = [];
  for (const batch of sizes) {
    const last = points.at(-1);
    if (last && (last.milliseconds / 1000) * (batch / last.batch) ** power > mostSeconds) break;
    points.push({ batch, ...(await cost(run, batch)) });
  }
  rows.push({ name, points });
  console.error(name);
}
console.log(
  `${device.adapter.description}, ${new Date().toISOString().slice(0, 10)}; CPU ms / peak MiB a step\n`,
);
console.log(table(['loss', ...sizes.map((size) => `B = ${size}`)], rows));
if (given.out) writeFileSync(given.out, batchPlot(rows));
device.destroy();

/** CPU time of a step, best of a few, and what is live at its peak. */
async function cost(run, batch) {
  const embeddings = Object.fromEntries(['a', 'b', 'c'].map((name, seed) => [name, uniform(batch, seed)]));
  const step = async () => {
    const { value, grads } = valueAndGrad(embeddings, (all) => run(all).total);
    await value.item();
    for (const each of [value, ...Object.values(grads)]) each.dispose();
  };
  await step();
  let best = Number.POSITIVE_INFINITY;
  let peak = 0;
  const begun = performance.now();
  for (let round = 0; round < 8 && (round < 2 || performance.now() - begun < 3000); round++) {
    const before = process.cpuUsage();
    const { peakLiveBytes } = await device.measurePeak(step);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
    peak = Math.max(peak, peakLiveBytes);
  }
  for (const each of Object.values(embeddings)) each.dispose();
  return { milliseconds: best, mebibytes: peak / 2 ** 20 };
}

function table(head, found) {
  const body = found.map(({ name, points }) => [
    name,
    ...sizes.map((size) => {
      const point = points.find(({ batch }) => batch === size);
      return point ? `${point.milliseconds.toPrecision(3)} / ${point.mebibytes.toPrecision(2)}` : '';
    }),
  ]);
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Uniform values in [-1, 1): mulberry32. */
function uniform(batch, seed) {
  let state = seed >>> 0;
  const values = Float32Array.from({ length: batch * FEATURES }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * 2 - 1;
  });
  return tensor(device, values, [batch, FEATURES]);
}
