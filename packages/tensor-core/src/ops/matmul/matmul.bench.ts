import { bench, describe } from 'vitest';
import { tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { matmul } from './index';

const device = await testDevice();

/** One product with its submit; GFLOP/s = 2 rows columns depth / time. */
function product(rows: number, columns: number, depth: number, layout: 'NN' | 'NT' | 'TN'): void {
  const [transposeA, transposeB] = [layout[0] === 'T', layout[1] === 'T'];
  const shapeA = transposeA ? [depth, rows] : [rows, depth];
  const shapeB = transposeB ? [columns, depth] : [depth, columns];
  const a = tensor(device, sampleUniform(shapeA, 1), shapeA);
  const b = tensor(device, sampleUniform(shapeB, 2), shapeB);
  const megaflop = ((2 * rows * columns * depth) / 1e6).toFixed(1);
  bench(`${layout} ${rows} x ${depth} x ${columns}, ${megaflop} Mflop`, async () => {
    matmul(a, b, { transposeA, transposeB }).dispose();
    await device.synchronize();
  });
}

describe(`products on ${device.adapter.description}`, () => {
  for (const layout of ['NN', 'NT', 'TN'] as const) {
    product(512, 512, 512, layout);
    product(1024, 1024, 1024, layout);
    product(1001, 1001, 1001, layout);
  }
  product(10_000, 128, 64, 'NN');
  product(10_000, 64, 128, 'NT');
  product(64, 128, 10_000, 'TN');
  product(4096, 1, 128, 'NN');
});
