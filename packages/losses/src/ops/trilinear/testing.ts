import type { Device } from '@bravais/tensor-core';
import type { TrilinearVariant } from './variant';

/** The variants that tests can run on a device. */
export function variantsOf({ adapter }: Device): TrilinearVariant[] {
  return adapter.subgroupSize === 4 || adapter.subgroupSize === 8 ? ['tiles', 'slabs'] : ['slabs'];
}
