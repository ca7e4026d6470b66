import { expect, it } from 'vitest';
import { testDevice } from '../../testing';
import { type Access, packKernels, productKernel, splitSumKernels } from './kernels';

const access: Access[] = (['vector', 'strided'] as const).flatMap((a) =>
  (['vector', 'strided'] as const).flatMap((b) => (['vector', 'strided'] as const).map((c) => ({ a, b, c }))),
);

it('every kernel compiles', async () => {
  const device = await testDevice();
  const tiled = access.map((each) => productKernel(each, null));
  const subgroups = device.adapter.features.includes('subgroups') ? [4, 8] : [];
  const tiles = subgroups.flatMap((lanes) =>
    ([1, 2] as const).flatMap((loadsOfB) => [
      ...access
        .filter(({ c }) => c === 'vector')
        .map((each) => productKernel(each, { lanes, rowsPerLane: 4, loadsOfB })),
      productKernel({ a: 'single', b: 'strided', c: 'vector' }, { lanes, rowsPerLane: 1, loadsOfB }),
    ]),
  );
  for (const kernel of [
    ...tiled,
    ...tiles,
    ...Object.values(packKernels),
    ...Object.values(splitSumKernels),
  ]) {
    await expect(device.validate(kernel)).resolves.toBeUndefined();
  }
});
