import type { GridView } from '../material-record';
import { latticeVolume } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import { synthesise } from './fourier-synthesis';
import { PromoleculeError } from './promolecule-error';
import { metricOf, promoleculeFactors } from './promolecule-factors';

/** Settings of {@link promoleculeDensity}. */
export interface PromoleculeOptions {
  /** Points along each axis, n; 16 by default. */
  readonly size?: number;
  /**
   * `electronsPerAngstrom3` (default); `relative`: divided by the mean, which takes out how many electrons there are;
   * `logRelative`: log(1 + ρ / mean).
   */
  readonly scale?: 'electronsPerAngstrom3' | 'relative' | 'logRelative';
}

const DEFAULT_SIZE = 16;
const SMALLEST_SIZE = 8;
const LARGEST_SIZE = 64;

/**
 * ρ(x) = 1/V Σ_G exp(−σ²G²/2) Σ_a f_a(G) exp(2πi h·(x_a − x)): the promolecule, the sum of the densities of neutral atoms with all
 * their periodic images, blurred to what n³ points can hold.
 *
 * Atoms are Slater's (see `slaterAtom`); nothing is relaxed, so bonds and charges are missing. It is simulated. The sum runs over the sphere
 * of wave vectors |G| < πn / max(a, b, c) that the grid resolves, blurred with σ = 1.2 max(a, b, c) / n, so that cores, much narrower than a grid
 * spacing, cannot depend on where the points lie: the mean over the grid times the volume is the number of electrons exactly, and every
 * operation of the crystal that maps the grid on itself maps the values on themselves.
 *
 * @returns n³ values and the metric of the cell
 * @throws {PromoleculeError} `GRID_SIZE`, `DISORDERED`
 * @example
 * ```ts
 * const { values } = promoleculeDensity(silicon, { size: 16 });
 * ```
 */
export function promoleculeDensity(structure: Structure, options: PromoleculeOptions = {}): GridView {
  const { size = DEFAULT_SIZE, scale = 'electronsPerAngstrom3' } = options;
  if (!Number.isInteger(size) || size < SMALLEST_SIZE || size > LARGEST_SIZE) {
    throw new PromoleculeError(
      'GRID_SIZE',
      `promolecule: ${SMALLEST_SIZE} to ${LARGEST_SIZE} grid points along an axis expected, got ${size}. Change size.`,
    );
  }
  if (structure.occupations !== null) {
    throw new PromoleculeError(
      'DISORDERED',
      'promolecule: one atom on every site expected, got a disordered structure. Call orderStructure first.',
    );
  }
  const metric = metricOf(structure.latticeAngstrom);
  const { real, imaginary } = promoleculeFactors(structure, metric, size);
  const density = synthesise(size, real, imaginary);
  const mean = real[0]!;
  const volume = latticeVolume(structure.latticeAngstrom);
  const values = Float32Array.from(density, (value) => {
    // The tail of the blur is cut off, which can leave a trace below zero between the atoms.
    const positive = Math.max(0, value);
    if (scale === 'electronsPerAngstrom3') return positive / volume;
    return scale === 'relative' ? positive / mean : Math.log1p(positive / mean);
  });
  return { size, values, metric: Float32Array.from(metric) };
}
