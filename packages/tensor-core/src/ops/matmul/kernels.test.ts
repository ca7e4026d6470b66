import { expect, it } from 'vitest';
import { testDevice } from '../../testing';
import { costsFor } from './costs';
import { ALIGNED, UNALIGNED, WORKGROUP_TILES } from './costs/workgroup-tiles';
import { packKernels, productKernel, splitSumKernels } from './kernels';

it('every kernel compiles', async () => {
  const device = await testDevice();
  const tiles = device.adapter.features.includes('subgroups')
    ? [4, 8, 16].flatMap((subgroupSize) => costsFor({ kind: 'software', subgroupSize, limits: {} }).tiles)
    : [];
  const ofSubgroups = tiles.flatMap(({ a, b, tile }) =>
    (['vector', 'strided', 'whole'] as const).map((c) => productKernel({ a, b, c }, tile)),
  );
  const ofWorkgroups = WORKGROUP_TILES.flatMap((tile) =>
    [...ALIGNED, ...UNALIGNED].map((access) => productKernel({ ...access, c: 'vector' }, tile)),
  );
  const stores = (['strided', 'whole'] as const).map((c) =>
    productKernel({ ...ALIGNED[0]!, c }, WORKGROUP_TILES[0]!),
  );
  for (const kernel of [
    ...[...ofSubgroups, ...ofWorkgroups, ...stores],
    ...Object.values(packKernels),
    ...Object.values(splitSumKernels),
  ]) {
    await expect(device.validate(kernel)).resolves.toBeUndefined();
  }
});
