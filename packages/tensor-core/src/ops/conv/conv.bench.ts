import { bench, describe } from 'vitest';
import { sizeOf } from '../../shape';
import { scoped, type Tensor, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { conv2dOp, conv3dOp } from './index';
import { convAttrs } from './options';

const device = await testDevice();
const CASES = [
  { x: [8, 32, 32, 64], weight: [64, 64, 3, 3], options: { padding: 1 } },
  { x: [8, 64, 64, 3], weight: [32, 3, 3, 3], options: { padding: 1, stride: 2 } },
  { x: [8, 64, 64, 64], weight: [64, 1, 3, 3], options: { padding: 1, groups: 64 } },
  { x: [4, 16, 16, 16, 32], weight: [32, 32, 3, 3, 3], options: { padding: 'periodic' } },
  {
    x: [4, 16, 16, 16, 64],
    weight: [64, 1, 3, 3, 3],
    options: { padding: 'periodic', groups: 64, dilation: 2 },
  },
] as const;

/** Waits for the results, so that each round counts one call with its submit. */
async function run(compute: () => unknown): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

for (const item of CASES) {
  const op = item.x.length === 4 ? conv2dOp : conv3dOp;
  const attrs = convAttrs(item.x.length === 4 ? 2 : 3, item.options);
  const floats = (shape: readonly number[], seed: number): Tensor =>
    tensor(device, sampleUniform(shape, seed), shape);
  const inputs = [floats(item.x, 1), floats(item.weight, 2)];
  const output = op.shape(inputs, attrs);
  const grad = floats(output.shape, 3);
  const operations = 2 * grad.size * sizeOf(item.weight.slice(1));
  const gradient = (needs: readonly boolean[]) => () =>
    op.vjp!({ inputs, output: grad, saved: [], attrs, needs, into: [null, null] }, grad);
  describe(`[${item.x}] by [${item.weight}] ${JSON.stringify(item.options)}, ${(operations / 1e6).toFixed(0)} MFLOP each, on ${device.adapter.description}`, () => {
    bench('forward', () => run(() => op.forward(inputs, attrs, output)));
    bench('gradient of x', () => run(gradient([true, false])));
    bench('gradient of weight', () => run(gradient([false, true])));
  });
}
