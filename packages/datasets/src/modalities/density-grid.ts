import { DataError } from '../data-error';
import type { GridView } from '../material-record';
import { latticeVolume } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import { densityGridAugmentations } from './density-grid-augmentations';
import { checkedGrid } from './density-grid-source';
import { fourierResample } from './fourier-resample';
import { latticeMetric } from './lattice-metric';
import type { Modality, Prepared } from './modality';

/** A charge density on n³ points of the cell, with the shape of that cell. */
export interface DensityGridView extends GridView {
  /** Electrons in the cell, with `electrons: 'separate'` only. They nearly name the material. */
  readonly electrons?: number;
}

/** What {@link densityGridModality} is prepared from: `readChgcar(…)`, `readCube(…)`, or a grid of your own. */
export interface DensityGridSource {
  readonly structure: Pick<Structure, 'latticeAngstrom'>;
  /** Points along a, b, c; any numbers. */
  readonly shape: readonly [number, number, number];
  /** `total`: the value at (i, j, k) stands at i + n_a (j + n_b k), the first axis running fastest. */
  readonly channels: { readonly total?: ArrayLike<number> };
  /** `electron`: values are ρ · V, as a CHGCAR holds them before `readChgcar` divides. */
  readonly unit: 'electron/Å³' | 'electron';
}

/** Options of {@link densityGridModality}; plain JSON. */
export type DensityGridOptions = {
  /** Points n along each axis. */
  readonly size: number;
  /**
   * `removed`: the grid is divided by its mean; `separate`: the same, and their number stands beside it; `kept`: electrons per Å³.
   * The number of electrons alone finds a material among hundreds, so a score with it shows little.
   */
  readonly electrons: 'removed' | 'separate' | 'kept';
  /** ρ₀ of log(1 + ρ/ρ₀), in the unit of the values before it; null for no logarithm. */
  readonly logReference: number | null;
};

/** A {@link DensityGridView} with what was cut on the way. */
export interface PreparedDensityGrid extends Prepared<DensityGridView> {
  /** Points of the result where the interpolation rang below 0, set to 0. */
  readonly clippedPoints: number;
  /** What they held, as a share of the whole charge. */
  readonly clippedShare: number;
}

/** {@link densityGridModality} knows what it cut. */
export interface DensityGridModality
  extends Modality<DensityGridSource, DensityGridOptions, DensityGridView> {
  prepare(raw: DensityGridSource, options: DensityGridOptions, where: string): PreparedDensityGrid;
}

const LARGEST_SIZE = 256;
const TREATMENTS: readonly DensityGridOptions['electrons'][] = ['removed', 'separate', 'kept'];

/**
 * Charge density on n × n × n points in fractional coordinates, by Fourier interpolation (see {@link fourierResample}).
 *
 * Order: interpolate, set what rings below 0 to 0 (counted), divide by the mean unless electrons are kept, take the logarithm.
 *
 * @example
 * ```ts no-run
 * const density = await readChgcar(bytes, { file: 'CHGCAR' });
 * const { view } = densityGridModality.prepare(density, densityGridModality.defaults, 'CHGCAR');
 * view.values[(i * view.size + j) * view.size + k]; // log(1 + ρ / mean ρ) at (i/32, j/32, k/32)
 * ```
 */
export const densityGridModality: DensityGridModality = {
  name: 'densityGrid',
  defaults: { size: 32, electrons: 'removed', logReference: 1 },
  form: ({ size, electrons, logReference }) => ({
    shape: [size, size, size],
    unit: logReference === null && electrons === 'kept' ? 'electron/Å³' : '',
    axis: null,
  }),
  prepare(raw, options, where) {
    checkOptions(options, where);
    const { size, electrons, logReference } = options;
    const { grid, mean, notes } = checkedGrid(raw, where);
    const { values } = fourierResample(grid, [size, size, size]);
    const { clippedPoints, clippedShare } = clip(values);
    const meanLeft = values.reduce((sum, value) => sum + value, 0) / values.length;
    const unit = electrons === 'kept' ? 1 : meanLeft;
    const { latticeAngstrom } = raw.structure;
    return {
      view: {
        size,
        values: Float32Array.from(values, (value) =>
          logReference === null ? value / unit : Math.log1p(value / unit / logReference),
        ),
        metric: latticeMetric(latticeAngstrom),
        ...(electrons === 'separate' ? { electrons: mean * latticeVolume(latticeAngstrom) } : {}),
      },
      mask: null,
      notes:
        clippedPoints === 0
          ? notes
          : [
              ...notes,
              `${clippedPoints} of ${values.length} points (${(100 * clippedShare).toPrecision(2)} % of the charge) rang below 0 and were set to 0`,
            ],
      clippedPoints,
      clippedShare,
    };
  },
  augmentations: densityGridAugmentations,
};

/** Sets values below 0 to 0. */
function clip(values: Float64Array): { clippedPoints: number; clippedShare: number } {
  let [clippedPoints, cut, total] = [0, 0, 0];
  for (const [at, value] of values.entries()) {
    total += value;
    if (value >= 0) continue;
    clippedPoints++;
    cut -= value;
    values[at] = 0;
  }
  return { clippedPoints, clippedShare: cut / total };
}

function checkOptions({ size, electrons, logReference }: DensityGridOptions, where: string): void {
  const refuse = (expected: string, got: unknown): DataError =>
    new DataError('DATA_INVALID', where, `${expected} expected, got ${got}. Correct the option.`);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
    throw refuse(`options.size: an integer from 1 to ${LARGEST_SIZE}`, size);
  }
  if (!TREATMENTS.includes(electrons))
    throw refuse(`options.electrons: one of ${TREATMENTS.join(', ')}`, electrons);
  if (logReference !== null && !(logReference > 0 && Number.isFinite(logReference))) {
    throw refuse('options.logReference: a number above 0, or null,', logReference);
  }
}
