import type { Device } from '../../device';

/** Lanes that the subgroup kernels are written for. */
const SUBGROUP_SIZES: readonly number[] = [4, 8, 16];

/** Lanes of a subgroup where products are made in registers, as software drivers like it; `null` where in workgroup memory. */
export function subgroupLanes({ adapter: { kind, subgroupSize } }: Device): number | null {
  return kind === 'software' && subgroupSize !== null && SUBGROUP_SIZES.includes(subgroupSize)
    ? subgroupSize
    : null;
}
