import { expect, it } from 'vitest';
import { testDevice } from '../../testing';
import { costsFor } from './costs';
import { type Access, packKernels, productKernel, splitSumKernels } from './kernels';

const access: Access[] = (['vector', 'strided'] as const).flatMap((a) =>
  (['vector', 'strided'] as const).flatMap((b) => (['vector', 'strided'] as const).map((c) => ({ a, b, c }))),
);

it('every kernel compiles', async () => {
  const device = await testDevice();
  const tiled = access.map((each) => productKernel(each, null));
  const tiles = device.adapter.features.includes('subgroups')
    ? [4, 8, 16].flatMap((subgroupSize) => costsFor({ kind: 'software', subgroupSize }).tiles)
    : [];
  const ofTables = tiles.flatMap(({ a, b, tile }) =>
    (tile?.loadsOfB === 2 ? (['vector', 'whole'] as const) : (['vector'] as const)).map((c) =>
      productKernel({ a, b, c }, tile),
    ),
  );
  for (const kernel of [
    ...tiled,
    ...ofTables,
    ...Object.values(packKernels),
    ...Object.values(splitSumKernels),
  ]) {
    await expect(device.validate(kernel)).resolves.toBeUndefined();
  }
});
