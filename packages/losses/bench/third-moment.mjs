// What 3D Barlow Twins can and cannot express: `node bench/third-moment.mjs [B] [D]`, defaults 4,096 and 16. For triples of embeddings
// prints the mean of the diagonal C_jjj and the loss of the diagonal for each feature (1 = nothing in common, 0 = at the target), and
// beside them those of `barlowTwins` on the same embeddings. Build the package first.
import { barlowTwins, barlowTwins3d } from '@bravais/losses';
import { scoped, tensor } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { key, normal, uniform } from '@bravais/tensor-core/random';

const [batch, features] = [Number(process.argv[2] ?? 4096), Number(process.argv[3] ?? 16)];
const count = batch * features;
const device = await openDevice();

const gaussian = (seed) => normal(key(seed), count);
const exponential = uniform(key(4), count).map((u) => -Math.log(1 - u));
// 1 with probability p, else 0: its skewness (1 - 2p) / sqrt(p (1 - p)) is 1.
const coin = uniform(key(5), count).map((u) => Number(u < 0.5 - 1 / Math.sqrt(20)));
const negative = (values) => values.map((each) => -each);

const cases = {
  'Gaussian, independent': [gaussian(1), gaussian(2), gaussian(3)],
  'Gaussian, all equal': [gaussian(1), gaussian(1), gaussian(1)],
  'exponential, all equal (skewness 2)': [exponential, exponential, exponential],
  'coin, all equal (skewness 1)': [coin, coin, coin],
  'the same, all three signs turned': [negative(coin), negative(coin), negative(coin)],
  'the same, two signs turned': [coin, negative(coin), negative(coin)],
};

console.log(`B = ${batch}, D = ${features}, on ${device.adapter.description || device.adapter.device}`);
console.log('| embeddings | mean C_jjj | 3D loss / D | pairwise loss / D |');
console.log('| --- | ---: | ---: | ---: |');
for (const [name, values] of Object.entries(cases)) {
  const [cubic, pairwise] = scoped(device, () => {
    const [a, b, c] = values.map((each) => tensor(device, each, [batch, features]));
    return [barlowTwins3d({ a, b, c }, { lambda: 0 }).total, barlowTwins({ a, b, c }, { lambda: 0 }).total];
  });
  const cells = [meanDiagonal(values), (await cubic.item()) / features, (await pairwise.item()) / features];
  console.log(`| ${name} | ${cells.map((cell) => cell.toFixed(3)).join(' | ')} |`);
  cubic.dispose();
  pairwise.dispose();
}
device.destroy();

/** Mean over the features of the mean product of standardised values, in float64. */
function meanDiagonal(values) {
  const [u, v, w] = values.map(standardized);
  let sum = 0;
  for (let at = 0; at < count; at++) sum += u[at] * v[at] * w[at];
  return sum / count;
}

/** Features over the batch with mean 0 and variance 1. */
function standardized(values) {
  const result = Float64Array.from(values);
  for (let feature = 0; feature < features; feature++) {
    let [mean, squares] = [0, 0];
    for (let at = feature; at < count; at += features) mean += result[at] / batch;
    for (let at = feature; at < count; at += features) squares += (result[at] - mean) ** 2 / batch;
    for (let at = feature; at < count; at += features)
      result[at] = (result[at] - mean) / Math.sqrt(squares + 1e-5);
  }
  return result;
}
