import { elementOf } from '../elements/element';
import { PHONON_DOS_BINS, type PhononDosOptions } from '../modalities/phonon-dos';
import type { Structure } from '../structure/structure';
import { simulatedSprings } from './bond-stiffness';
import { simulatedDynamicalMatrix } from './dynamical-matrix';
import { hermitianEigenvalues } from './hermitian-eigenvalues';
import { spectrumOfModes, wavenumberPerCm } from './mode-spectrum';
import { gridDivisions, qGrid } from './q-grid';

/** Settings of {@link simulatedPhononDos}. */
export interface SimulatedPhononOptions {
  /** Divisions of the q grid along each reciprocal vector; by default chosen so that N_k |a_k| ≥ 30 Å. */
  readonly divisions?: readonly [number, number, number];
  /** [n] masses in u instead of the standard atomic weights (isotopes). */
  readonly massesU?: ArrayLike<number>;
  /** Standard deviation of the Gaussian put on every mode, cm⁻¹; 12 by default (a little over half a bin). */
  readonly smearingPerCm?: number;
}

const DEFAULT_REACH_ANGSTROM = 30;
const DEFAULT_SMEARING_PER_CM = 12;

/** How {@link simulatedPhononDos} bins and broadens by default, as options of the modality. */
export const SIMULATED_PHONON_OPTIONS: PhononDosOptions = {
  ...PHONON_DOS_BINS,
  smearingPerCm: DEFAULT_SMEARING_PER_CM,
  per: 'max',
};

/** Standard atomic weights of the sites in u. */
export function siteMassesU(structure: Structure): Float64Array {
  return Float64Array.from(structure.atomicNumbers, (z) => elementOf(z)!.atomicMassU);
}

/**
 * ω(q) of the simulated mass-and-spring crystal in cm⁻¹, 3n values, rising; an imaginary mode is negative.
 *
 * @param q wave vectors in units of the reciprocal lattice vectors
 * @returns one array of 3n wavenumbers for each q
 */
export function simulatedWavenumbers(
  structure: Structure,
  q: readonly (readonly [number, number, number])[],
  massesU: ArrayLike<number> = siteMassesU(structure),
): Float64Array[] {
  const springs = simulatedSprings(structure);
  return q.map((point) =>
    hermitianEigenvalues(simulatedDynamicalMatrix(springs, massesU, structure.fracCoords, point)).map(
      wavenumberPerCm,
    ),
  );
}

/**
 * g(ν) = Σ_q Σ_s exp(−(ν − ν_s(q))² / 2σ²), scaled to maximum 1: the simulated phonon density of states on
 * {@link PHONON_DOS_BINS}.
 *
 * Simulated: springs follow a simple rule (see `simulatedSprings`), nothing is measured or computed from first
 * principles. Modes above 1000 cm⁻¹ (diamond, hydrides, carbonate stretches) lie past the grid and are cut off.
 *
 * @returns [66] values in [0, 1]
 * @example
 * ```ts
 * const dos = simulatedPhononDos(silicon);
 * ```
 */
export function simulatedPhononDos(structure: Structure, options: SimulatedPhononOptions = {}): Float32Array {
  const divisions = options.divisions ?? gridDivisions(structure.latticeAngstrom, DEFAULT_REACH_ANGSTROM);
  const grid = qGrid(divisions);
  const modes = simulatedWavenumbers(
    structure,
    grid.map(({ q }) => q),
    options.massesU,
  );
  return spectrumOfModes(
    grid.map(({ weight }, point) => ({ wavenumbersPerCm: modes[point]!, weight })),
    options.smearingPerCm ?? DEFAULT_SMEARING_PER_CM,
  );
}
