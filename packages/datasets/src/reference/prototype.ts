/**
 * Crystal system letter and centring, as in Pearson symbols, each with the cell constants a row of the table must give:
 * `c*` a; `t*`, `hP`, `hR` a c (hexagonal axes for `hR`); `o*` a b c (Å).
 */
export type BravaisLattice = 'cP' | 'cI' | 'cF' | 'tP' | 'tI' | 'hP' | 'hR' | 'oP' | 'oC';

/** One occupied Wyckoff position of a structure type. */
export interface PrototypeSite {
  /** Multiplicity and letter in the conventional cell, e.g. `8d`. */
  readonly wyckoff: string;
  /** Which species of a row sits here: index into the row's element symbols. */
  readonly species: number;
  /**
   * Coordinate triplets in the conventional cell without those that lattice centring adds, as in International Tables A:
   * sums of fractions and (integer multiples of) free parameters, `x,2x,1/4`.
   */
  readonly orbit: readonly string[];
}

/**
 * A structure type and the crystals of the reference set that have it.
 *
 * A row of `table` is one crystal: element symbols in order of species, cell constants, values of the free parameters
 * in the order of `free`. Constants are experimental, at room temperature unless the type only exists elsewhere.
 */
export interface Prototype {
  readonly name: string;
  /** Strukturbericht symbol, null where the type has none. */
  readonly strukturbericht: string | null;
  /** Compound the type is named after. */
  readonly example: string;
  readonly spaceGroupNumber: number;
  readonly lattice: BravaisLattice;
  readonly sites: readonly PrototypeSite[];
  readonly free: readonly string[];
  /** Compendium that tabulates the lattice constants. */
  readonly source: string;
  readonly table: string;
}
