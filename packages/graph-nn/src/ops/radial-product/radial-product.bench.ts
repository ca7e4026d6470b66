import { scoped, sum, tensor, valueAndGrad } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { bench, describe } from 'vitest';
import { edgeKinds } from '../../batch/edge-kinds';
import { gaussianBasis, gaussianExpansion } from '../../layers/gaussian-expansion';
import { radialFeatures, radialProduct } from '../../layers/radial-features';
import { edgeProduct } from '../edge-product';

const device = await testDevice();
const [BINS, COLUMNS, CUTOFF_ANGSTROM] = [40, 128, 8];

describe(`Gaussian distance features times a weight on ${device.adapter.description}`, () => {
  for (const edges of [1536, 12_288, 45_056]) {
    // As neighbours in a crystal: more of them, the further away.
    const distance = sampleUniform([edges], 1, 0, 1).map((share) => 1.9 + 3 * Math.sqrt(share));
    const d = tensor(device, distance.slice().sort());
    const basis = gaussianBasis(device, BINS, CUTOFF_ANGSTROM);
    const weight = tensor(device, sampleUniform([COLUMNS, BINS], 2), [COLUMNS, BINS]);
    const dense = gaussianExpansion(d, basis);
    const features = radialFeatures(d, basis);
    const works = {
      forward: () => radialProduct(features, weight),
      'forward, features in memory': () => edgeProduct(dense, weight),
      'forward and backward': () => valueAndGrad(weight, (w) => sum(radialProduct(features, w))).value,
      'forward and backward, features in memory': () =>
        valueAndGrad(weight, (w) => sum(edgeProduct(dense, w))).value,
    };
    for (const [direction, work] of Object.entries(works)) {
      bench(
        `${edges} edges: ${direction}`,
        async () => {
          scoped(device, work).dispose();
          await device.synchronize();
        },
        { time: 200, warmupTime: 50 },
      );
    }
    bench(`${edges} edges: kinds by distance, on the host`, () => void edgeKinds(distance), {
      time: 200,
      warmupTime: 50,
    });
  }
});
