/** Spin of a total density of states: one channel, or two. */
export type DosSpin = 'total' | 'up' | 'down';

/** Spin of a projection: as of the total, or with spin-orbit coupling the magnetisation along three axes beside the total. */
export type ProjectionSpin = DosSpin | 'mx' | 'my' | 'mz';

/** Electronic density of states of one calculation (P energies). */
export interface DensityOfStates {
  /** [P] energies in eV, rising, on the scale of the calculation: not shifted to the Fermi level. */
  readonly energiesEv: Float64Array;
  /** Fermi level in eV on the same scale. */
  readonly fermiEv: number;
  /** Order of the channels: `['total']`, or `['up', 'down']`, both positive. */
  readonly spins: readonly DosSpin[];
  /** [P] for each spin, states per eV and cell. */
  readonly total: readonly Float64Array[];
  /** [P] for each spin, states up to this energy. */
  readonly integrated: readonly Float64Array[];
  /** Projections on sites and orbitals; null where the file has none or they were not asked for. */
  readonly projected: ProjectedDos | null;
  readonly notes: readonly string[];
}

/** Density of states projected on S sites, O orbitals and N spins. */
export interface ProjectedDos {
  /** `s`, `p`, `d` or `s`, `py`, `pz`, `px`, `dxy`, …, in the order of the file. */
  readonly orbitals: readonly string[];
  readonly spins: readonly ProjectionSpin[];
  /** [O, N, P] states per eV for each site, the energy running fastest; float32 holds every digit that VASP prints. */
  readonly sites: readonly Float32Array[];
}

/** Row of energies of one site, orbital and spin, a view. */
export function projectedRow(
  projected: ProjectedDos,
  site: number,
  orbital: number,
  spin: number,
): Float32Array {
  const { orbitals, spins, sites } = projected;
  const values = sites[site]!;
  const points = values.length / (orbitals.length * spins.length);
  const row = orbital * spins.length + spin;
  return values.subarray(row * points, (row + 1) * points);
}

/** What both readers of densities of states take. */
export interface DosReadOptions {
  /** Name shown in errors; `<input>` by default. */
  readonly file?: string;
  /** False leaves the projections out; true by default. */
  readonly projected?: boolean;
  /** Numbers that all projections may hold together; 2²⁷ (512 MiB) by default. */
  readonly maxProjectedValues?: number;
  /** Bytes after unpacking; 16 GiB by default. */
  readonly maxBytes?: number;
}

/** Most projected values unless told otherwise. */
export const DEFAULT_MAX_PROJECTED_VALUES: number = 2 ** 27;
/** Most bytes after unpacking unless told otherwise. */
export const DEFAULT_MAX_DOS_BYTES: number = 16 * 2 ** 30;
/** Energies of one density of states; files have 301 to 20,001. */
export const MAX_ENERGIES: number = 1_000_000;
