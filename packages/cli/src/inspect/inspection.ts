/** What `bravais inspect --json` says of one file that could be read. */
export interface Inspection {
  readonly file: string;
  readonly ok: true;
  /** Reduced formula as pymatgen writes it. */
  readonly formula: string;
  readonly n_sites: number;
  /** Atoms of each element in the cell; fractions where sites are shared. */
  readonly composition: Readonly<Record<string, number>>;
  /** Row vectors a, b, c in Å. */
  readonly lattice: readonly (readonly number[])[];
  /** Å³ */
  readonly volume: number;
  /** g/cm³ */
  readonly density: number;
  /** With atoms up to 0.01 Å from symmetric places; null where none was found. */
  readonly spacegroup: { readonly number: number; readonly symbol: string } | null;
  /** Every site holds one species at occupancy 1. */
  readonly ordered: boolean;
  readonly sites: readonly InspectedSite[];
  /** With `--neighbors` or `--cutoff`. */
  readonly neighbors?: readonly InspectedNeighbor[];
  /** What was assumed or left out on reading; absent where nothing was. */
  readonly notes?: readonly string[];
}

/** One site of an {@link Inspection}. */
export interface InspectedSite {
  readonly species: readonly { readonly element: string; readonly occupancy: number }[];
  /** Fractional coordinates in [0, 1). */
  readonly frac: readonly number[];
}

/** Site `j`, moved by `image` cells, is a neighbour of site `i`. */
export interface InspectedNeighbor {
  readonly i: number;
  readonly j: number;
  readonly image: readonly number[];
  /** Å */
  readonly distance: number;
}

/** What `bravais inspect --json` says of a file that could not be read. */
export interface FailedInspection {
  readonly file: string;
  readonly ok: false;
  readonly error: { readonly code: string; readonly message: string };
}

/** Which neighbours to list. */
export interface NeighborRequest {
  /** At least this many for each site, whole shells kept. */
  readonly neighbors?: number;
  /** Radius in Å. */
  readonly cutoff?: number;
}
