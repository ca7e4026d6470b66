import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect, it } from 'vitest';
import type { Device } from '../device';
import { valueAndGrad } from '../grad';
import { initMlp, mlp, packParameters } from '../nn';
import { mean, square } from '../ops';
import { key } from '../random';
import { readAll, scoped, type Tensor, tensor } from '../tensor';
import { firstMismatch, sampleUniform, testDevice } from '../testing';
import { flattenGradient, valueAndFlatGradient } from '.';
import { clipGradient } from './clip-gradient';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

it('the gradient made flat has the bits of the one laid out afterwards', async () => {
  const parameters = packParameters(device, {
    net: initMlp(key(1), [5, 64, 7]),
    idle: { shape: [3], values: Float32Array.of(1, 2, 3) },
  });
  const [ours, theirs] = scoped(device, () => {
    const x = tensor(device, sampleUniform([33, 5], 2), [33, 5]);
    const loss = ({ net }: typeof parameters.tree): Tensor => mean(square(mlp(net, x, 0.2, key(3))));
    const { value, gradient } = valueAndFlatGradient(parameters, loss, 0.01);
    const apart = valueAndGrad(parameters.tree, loss);
    const later = flattenGradient(parameters, apart.grads, 0.01);
    return [
      [value, gradient.flat, gradient.norm, gradient.scale],
      [apart.value, later.flat, later.norm, later.scale],
    ];
  });
  const found = await readAll(ours!);
  expect(found).toEqual(await readAll(theirs!));
  const used = new Set(
    parameters.entries.flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i)),
  );
  expect(Array.from(found[1]!).every((value, i) => used.has(i) || value === 0)).toBe(true);
  for (const each of [...ours!, ...theirs!]) each.dispose();
});

test.prop([fc.constantFrom(64, 4096, 4160, 262_144), fc.constantFrom(null, 0.5, 1e6), fc.nat(100)], {
  numRuns: 15,
})('norm and scale are those of float64', async (size, clipNorm, seed) => {
  const values = sampleUniform([size], seed);
  const { norm, scale } = scoped(device, () => clipGradient(tensor(device, values), clipNorm));
  const expected = Math.sqrt(values.reduce((sum, g) => sum + g * g, 0));
  const tolerance = { relative: 1e-5, ofLargest: 0 };
  expect(firstMismatch(await norm.read(), [expected], tolerance)).toBeNull();
  const factor = clipNorm === null ? 1 : Math.min(1, clipNorm / (expected + 1e-6));
  expect(firstMismatch(await scale.read(), [factor], tolerance)).toBeNull();
  norm.dispose();
  scale.dispose();
});

it('a gradient of zeros is not scaled', async () => {
  const { norm, scale } = scoped(device, () => clipGradient(tensor(device, new Float32Array(64)), 1));
  expect([await norm.item(), await scale.item()]).toEqual([0, 1]);
});
