import { expect, it } from 'vitest';
import { testDevice } from '../../testing';
import {
  depthwiseSlideKernel,
  depthwiseSlideWeightsKernel,
  gatherSubgroupKernel,
  weightsSubgroupKernel,
} from './kernels';

const WIDTHS = ['wide', 'narrow'] as const;

it('every kernel that is written out compiles', async () => {
  const device = await testDevice();
  const lanes = device.adapter.features.includes('subgroups') ? [4, 8, 16] : [];
  const kernels = [
    ...lanes.flatMap((count) => WIDTHS.map((result) => gatherSubgroupKernel(count, result))),
    ...lanes.flatMap((count) =>
      WIDTHS.flatMap((source) => WIDTHS.map((grad) => weightsSubgroupKernel(count, source, grad))),
    ),
    ...WIDTHS.flatMap((width) =>
      [2, 3, 7].flatMap((count) => [
        depthwiseSlideKernel(width, count),
        depthwiseSlideWeightsKernel(width, count),
      ]),
    ),
  ];
  for (const kernel of kernels) await expect(device.validate(kernel)).resolves.toBeUndefined();
});
