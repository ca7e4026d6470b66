import type { AdapterDescription } from '../../device';
import { hardware } from './costs/hardware';
import { subgroups4 } from './costs/subgroups-4';
import { subgroups8 } from './costs/subgroups-8';
import { subgroups16 } from './costs/subgroups-16';
import type { SubgroupTile } from './tile';

/** How a kernel reads an operand: four elements at once, one by one, or one row per lane. */
export type OperandAccess = 'vector' | 'strided' | 'single';

/** Time of one tile alone, in nanoseconds. */
export interface TileCosts {
  /** `null` is the kernel that goes through workgroup memory. */
  readonly tile: SubgroupTile | null;
  readonly a: OperandAccess;
  readonly b: Exclude<OperandAccess, 'single'>;
  /** To begin and to store it. */
  readonly perTile: number;
  /** For each depth. */
  readonly perDepth: number;
  /** Multiply-adds from which the kernel's first compilation (1.5 s for the widest tile on lavapipe) is worth it. */
  readonly leastTerms?: number;
}

/**
 * What the parts of a product cost on a class of adapters, in nanoseconds. Measured by `tuneMatmul`; a plan is the
 * way through them that costs least, so no shape is tuned for itself.
 */
export interface ProductCosts {
  /** Where it was measured. */
  readonly adapter: string;
  /** Tiles at work at the same time. */
  readonly parallelTiles: number;
  readonly perLaunch: number;
  /** To copy one element of an operand into the layout that is read four elements at a time. */
  readonly perPackedElement: number;
  /** To add one element of one split, and to write one of the sum. */
  readonly perSummedElement: number;
  readonly tiles: readonly TileCosts[];
}

const BY_LANES: Readonly<Record<number, ProductCosts>> = {
  4: subgroups4,
  8: subgroups8,
  16: subgroups16,
};

/** The table for an adapter: software drivers pay for barriers, GPUs for missing reuse. */
export function costsFor({
  kind,
  subgroupSize,
}: Pick<AdapterDescription, 'kind' | 'subgroupSize'>): ProductCosts {
  if (kind === 'hardware' || subgroupSize === null) return hardware;
  return BY_LANES[subgroupSize] ?? hardware;
}
