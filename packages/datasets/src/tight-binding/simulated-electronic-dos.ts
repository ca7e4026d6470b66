import { gridDivisions, qGrid } from '../lattice-dynamics/q-grid';
import { electronicDos } from '../modalities/electronic-dos';
import type { Structure } from '../structure/structure';
import { atomicOrbitals } from './atomic-orbitals';
import { bandEnergies } from './band-energies';
import { fermiLevel } from './fermi-level';

/** Settings of {@link simulatedElectronicStructure}. */
export interface SimulatedElectronicOptions {
  /** Divisions of the Monkhorst–Pack grid; by default N_k |a_k| ≥ 40 Å for up to 4 atoms, 22 Å for more. */
  readonly divisions?: readonly [number, number, number];
  /** Standard deviation of the Gaussian put on every level, eV; 0.2 by default. */
  readonly smearingEv?: number;
}

/** Density of states of a tight-binding crystal. */
export interface SimulatedElectronicStructure {
  /** Rising energies from the Fermi level, eV, over all bands. */
  readonly energiesEv: Float64Array;
  /** Both spins: states per eV and cell. */
  readonly statesPerEv: Float64Array;
  /** Valence electrons of the cell: the integral of the states below the Fermi level, but for smearing. */
  readonly electrons: number;
  /** Fermi level below the vacuum of free atoms, eV; the middle of the gap in an insulator. */
  readonly fermiEv: number;
  /** Gap on the grid of wave vectors, eV; 0 in a metal. Simulated: it tells insulators from metals, not their gaps. */
  readonly gapEv: number;
}

/** Cells of few atoms need the finer grid: they have few bands to smooth the sum. */
const FEW_ATOMS = 4;
const FEW_ATOMS_REACH_ANGSTROM = 40;
const REACH_ANGSTROM = 22;
const DEFAULT_SMEARING_EV = 0.2;
/** Samples of the density of states, eV. */
const STEP_EV = 0.05;
/** Deviations after which a Gaussian counts as over. */
const TAIL = 6;

/**
 * g(E) = 2 Σ_k w_k Σ_n exp(−(E − ε_n(k))² / 2σ²) / √(2π) σ: the simulated electronic density of states of a crystal in Harrison's
 * tight binding.
 *
 * Simulated: sp³ orbitals, with d⁵ in groups 3 to 11 and the lanthanides; free-atom term values; universal two-centre parameters
 * between nearest neighbours. No charge flows and no spin polarises, so magnetic oxides come out as metals, f electrons stay in the core, gaps of
 * insulators are right within a factor of about two, and conduction bands only in their lowest part.
 *
 * @throws {TightBindingError} `NO_TERM_VALUES`, `DISORDERED`
 * @example
 * ```ts
 * const { gapEv, energiesEv, statesPerEv } = simulatedElectronicStructure(silicon);
 * ```
 */
export function simulatedElectronicStructure(
  structure: Structure,
  options: SimulatedElectronicOptions = {},
): SimulatedElectronicStructure {
  const reach = structure.atomicNumbers.length > FEW_ATOMS ? REACH_ANGSTROM : FEW_ATOMS_REACH_ANGSTROM;
  const divisions = options.divisions ?? gridDivisions(structure.latticeAngstrom, reach);
  const sigma = options.smearingEv ?? DEFAULT_SMEARING_EV;
  const grid = qGrid(divisions);
  const weights = grid.map(({ weight }) => weight);
  const levels = bandEnergies(
    structure,
    grid.map(({ q }) => q),
  );
  const { electrons } = atomicOrbitals(structure);
  const { fermiEv, gapEv } = fermiLevel(levels, weights, electrons);
  const lowest = levels.reduce((min, bands) => Math.min(min, bands[0]!), Number.POSITIVE_INFINITY);
  const highest = levels.reduce((max, bands) => Math.max(max, bands.at(-1)!), Number.NEGATIVE_INFINITY);
  const first = Math.floor((lowest - fermiEv - TAIL * sigma) / STEP_EV);
  const count = Math.ceil((highest - fermiEv + TAIL * sigma) / STEP_EV) - first + 1;
  const energiesEv = Float64Array.from({ length: count }, (_, i) => (first + i) * STEP_EV);
  const statesPerEv = new Float64Array(count);
  const height = 2 / (Math.sqrt(2 * Math.PI) * sigma * divisions[0] * divisions[1] * divisions[2]);
  levels.forEach((bands, k) => {
    for (const level of bands) {
      const center = (level - fermiEv) / STEP_EV - first;
      const tail = (TAIL * sigma) / STEP_EV;
      const last = Math.min(count - 1, Math.floor(center + tail));
      for (let i = Math.max(0, Math.ceil(center - tail)); i <= last; i++) {
        statesPerEv[i]! += height * weights[k]! * Math.exp(-0.5 * (((i - center) * STEP_EV) / sigma) ** 2);
      }
    }
  });
  return { energiesEv, statesPerEv, electrons, fermiEv, gapEv };
}

/**
 * {@link simulatedElectronicStructure} as the view that models read: [200] bins of `ELECTRONIC_DOS_BINS` about the Fermi level,
 * maximum 1.
 *
 * @throws {TightBindingError} `NO_TERM_VALUES`, `DISORDERED`
 */
export function simulatedElectronicDos(
  structure: Structure,
  options: SimulatedElectronicOptions = {},
): Float32Array {
  const { energiesEv, statesPerEv } = simulatedElectronicStructure(structure, options);
  return electronicDos({ positions: energiesEv, densities: statesPerEv }, 'simulated electronic DOS');
}
