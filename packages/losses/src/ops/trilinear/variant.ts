import type { Device } from '@bravais/tensor-core';
import { LossError } from '../../errors';

/**
 * How a trilinear product is gone through: `tiles` in the registers of a subgroup, reduced where they are made; or `slabs` of
 * bounded size, made by matrix products.
 */
export type TrilinearVariant = 'tiles' | 'slabs';

/** What a loss over all triples can be asked besides its operands. */
export interface TrilinearOptions {
  /** Most bytes of the cubic tensor and its products with operands that are held at once. Default 32 MiB. */
  readonly slabBytes?: number;
  /** Forces a way; tests run each. Default: the faster one on the adapter. */
  readonly variant?: TrilinearVariant;
}

/** What is held of the cubic tensor, unless asked otherwise. */
const DEFAULT_SLAB_BYTES = 32 * 2 ** 20;

/** @throws {LossError} `OPTION` where the number is not positive */
export function checkSlabBytes(op: string, slabBytes: number = DEFAULT_SLAB_BYTES): number {
  if (slabBytes > 0) return slabBytes;
  throw new LossError('OPTION', `${op}: slabBytes must be positive, got ${slabBytes}. Leave it out.`);
}

/** Subgroup sizes that tiles are written out for. */
const SUBGROUP_SIZES: readonly (number | null)[] = [4, 8];

/** The way on a device: lanes of the tile kernels, `null` for slabs. */
export interface TrilinearPlan {
  readonly lanes: number | null;
  readonly slabBytes: number;
}

/**
 * Tiles on software drivers with subgroups of a size that they are written out for; slabs elsewhere: the registers of a
 * GPU's lane do not hold such tiles.
 *
 * @throws {LossError} `OPTION` where tiles are asked for and cannot be had, or `slabBytes` is no positive number
 */
export function planTrilinear(op: string, { adapter }: Device, options: TrilinearOptions): TrilinearPlan {
  const { variant } = options;
  const slabBytes = checkSlabBytes(op, options.slabBytes);
  const lanes = SUBGROUP_SIZES.includes(adapter.subgroupSize) ? adapter.subgroupSize : null;
  if (variant === 'tiles' && lanes === null) {
    throw new LossError(
      'OPTION',
      `${op}: tiles need subgroups of ${SUBGROUP_SIZES.join(' or ')} lanes, got ${adapter.subgroupSize ?? 'none'} from ${adapter.description}. Leave the variant out.`,
    );
  }
  const tiles = variant === 'tiles' || (variant === undefined && adapter.kind === 'software');
  return { lanes: tiles ? lanes : null, slabBytes };
}
