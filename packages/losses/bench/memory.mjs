// Peak device memory of a loss over all triples, forward and backward: `node bench/memory.mjs tensorclip|distinct|shuffled|barlow [B] [D]`.
// Defaults: TensorCLIP, with each choice of negatives, of 1,024 rows of 128; 3D Barlow Twins of 1,024 rows of 256. Prints one JSON
// line: adapter, bytes at the peak (operands and gradients included) beside those of the cubic tensor alone, seconds, the loss and one
// gradient's sum.
// Build the package first.
import { barlowTwins3d, tensorClip } from '@bravais/losses';
import { sum, tensor, valueAndGrad } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { key } from '@bravais/tensor-core/random';

const losses = {
  tensorclip: { dim: 128, loss: (three) => tensorClip(three, { temperature: 0.1 }).total },
  distinct: {
    dim: 128,
    loss: (three) => tensorClip(three, { temperature: 0.1, negatives: 'distinct' }).total,
  },
  shuffled: {
    dim: 128,
    loss: (three) => tensorClip(three, { temperature: 0.1, negatives: 'shuffled', key: key(1) }).total,
  },
  barlow: { dim: 256, loss: (three) => barlowTwins3d(three, { lambda: 0.005 }).total },
};

const [name, batch = '1024', dim] = process.argv.slice(2);
const chosen = losses[name];
if (!chosen) {
  console.error(`memory.mjs: expected one of ${Object.keys(losses).join(', ')}, got ${name ?? 'nothing'}.`);
  process.exit(1);
}
const shape = [Number(batch), Number(dim ?? chosen.dim)];
const device = await openDevice();
const embeddings = { x: uniform(shape, 1), y: uniform(shape, 2), z: uniform(shape, 3) };

const start = performance.now();
const { value, grads } = valueAndGrad(embeddings, chosen.loss);
const [loss, gradient] = [await value.item(), await sum(grads.x).item()];
const seconds = (performance.now() - start) / 1000;

const indices = name === 'barlow' ? shape[1] : shape[0];
console.log(
  JSON.stringify({
    loss: name,
    shape,
    adapter: device.adapter.description || device.adapter.device,
    peakBytes: device.stats.peakLiveBytes,
    cubicTensorBytes: 4 * indices ** 3,
    seconds: +seconds.toFixed(1),
    value: loss,
    gradientSum: gradient,
  }),
);
device.destroy();

/** Uniform values in [-1, 1): mulberry32. */
function uniform([rows, columns], seed) {
  let state = seed >>> 0;
  const values = Float32Array.from({ length: rows * columns }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * 2 - 1;
  });
  return tensor(device, values, [rows, columns]);
}
