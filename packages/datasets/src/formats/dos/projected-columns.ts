import type { ProjectionSpin } from './density-of-states';

/** Orbitals by how many columns a spin has, in the order of VASP. */
const ORBITALS: Readonly<Record<number, readonly string[]>> = {
  3: ['s', 'p', 'd'],
  4: ['s', 'p', 'd', 'f'],
  9: ['s', 'py', 'pz', 'px', 'dxy', 'dyz', 'dz2', 'dxz', 'dx2-y2'],
  16: [
    's',
    'py',
    'pz',
    'px',
    'dxy',
    'dyz',
    'dz2',
    'dxz',
    'dx2-y2',
    'fy3x2',
    'fxyz',
    'fyz2',
    'fz3',
    'fxz2',
    'fzx2',
    'fx3',
  ],
};

const NONCOLLINEAR: readonly ProjectionSpin[] = ['total', 'mx', 'my', 'mz'];

/** Meaning of the columns behind the energy, spins of one orbital beside each other. */
export interface ProjectedColumns {
  readonly orbitals: readonly string[];
  readonly spins: readonly ProjectionSpin[];
}

/**
 * Orbitals and spins from the number of columns behind the energy (VASP wiki, DOSCAR).
 *
 * With one total channel, 16 columns are s to f resolved by m, or s to f with three components of the magnetisation;
 * `spinComponents`, the fourth number of the file, is 4 for the latter.
 *
 * @returns `null` where no layout has that many
 */
export function projectedColumns(
  columns: number,
  totalSpins: number,
  spinComponents: number,
): ProjectedColumns | null {
  if (totalSpins === 2) return layout(columns, ['up', 'down']);
  const noncollinear = layout(columns, NONCOLLINEAR);
  const collinear = layout(columns, ['total']);
  return spinComponents === 4 ? (noncollinear ?? collinear) : (collinear ?? noncollinear);
}

function layout(columns: number, spins: readonly ProjectionSpin[]): ProjectedColumns | null {
  const orbitals = ORBITALS[columns / spins.length];
  return orbitals === undefined ? null : { orbitals, spins };
}
