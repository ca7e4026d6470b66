import type { Occupations } from './occupations';

/**
 * One crystal: a lattice and the atoms of one cell, as plain typed arrays (n sites).
 *
 * Build it with {@link createStructure}, which checks it; a literal of this shape is trusted.
 */
export interface Structure {
  /** [3, 3] row vectors a, b, c in Å. */
  readonly latticeAngstrom: Float64Array;
  /** [n, 3] fractional coordinates, each in [0, 1). */
  readonly fracCoords: Float64Array;
  /** [n] atomic numbers, 1..118; of the most abundant species where a site holds several. */
  readonly atomicNumbers: Uint8Array;
  /** Which species share each site; null where every site holds one species at occupancy 1. */
  readonly occupations: Occupations | null;
}
