import { apply, scoped, tensor } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { bench, describe } from 'vitest';
import { besselExpansionOp } from '.';

const device = await testDevice();
const [FUNCTIONS, CUTOFF_ANGSTROM] = [16, 8];

describe(`Bessel functions of distances on ${device.adapter.description}`, () => {
  for (const distances of [1536, 12_288]) {
    const d = tensor(device, sampleUniform([distances], 1, 1.9, 6));
    for (const transposed of [false, true]) {
      bench(
        `${distances} distances in ${transposed ? 'columns' : 'rows'}`,
        async () => {
          const attrs = { functions: FUNCTIONS, cutoffAngstrom: CUTOFF_ANGSTROM, exponent: 6, transposed };
          scoped(device, () => apply(besselExpansionOp, [d], attrs)).dispose();
          await device.synchronize();
        },
        { time: 200, warmupTime: 50 },
      );
    }
  }
});
