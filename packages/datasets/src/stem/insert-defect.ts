import { edgeDisplacement } from './edge-dislocation';
import type { FilledStemOptions } from './stem-options';
import { columnIntensity, type TiledColumn } from './tiled-columns';

/** Columns with a defect in them, and where it is. */
export interface DefectiveColumns {
  readonly columns: readonly TiledColumn[];
  /** Å from the upper left corner of the image; null for the perfect crystal. */
  readonly place: readonly [x: number, y: number] | null;
}

/** Defects lie in this middle part of the field. */
const MIDDLE = 0.6;
const HEAVY_FROM = 50;
const GOLD = 79;
const SILICON = 14;

/**
 * The columns of a crystal with one defect in the middle 60 % of the field, where `uniform` says.
 *
 * Vacancy and substitution change the given share of one column; an edge dislocation displaces all of them, with the
 * shortest projected translation as Burgers vector.
 */
export function insertDefect(
  columns: readonly TiledColumn[],
  options: FilledStemOptions,
  burgersAngstrom: number,
  uniform: () => number,
): DefectiveColumns {
  const field = options.pixels * options.pixelAngstrom;
  const middle = (): number => field * (0.5 + MIDDLE * (uniform() - 0.5));
  const wanted = [middle(), middle()] as const;
  if (options.defect === 'none') return { columns, place: null };
  if (options.defect === 'edge-dislocation') {
    const displaced = columns.map((column) => {
      const [ux, uy] = edgeDisplacement(
        column.x - wanted[0],
        column.y - wanted[1],
        burgersAngstrom,
        options.poissonRatio,
      );
      return { ...column, x: column.x + ux, y: column.y + uy };
    });
    return { columns: displaced, place: wanted };
  }
  const distance = ({ x, y }: TiledColumn): number => Math.hypot(x - wanted[0], y - wanted[1]);
  const hit = columns.reduce((best, column) => (distance(column) < distance(best) ? column : best));
  const left = (1 - options.columnShare) * hit.intensity;
  const intensity =
    options.defect === 'vacancy' ? left : left + options.columnShare * exchanged(hit, options);
  return {
    columns: columns.map((column) => (column === hit ? { ...column, intensity } : column)),
    place: [hit.x, hit.y],
  };
}

/** Intensity of a column all of whose atoms are the dopant. */
function exchanged({ atomicNumbers }: TiledColumn, { dopantAtomicNumber }: FilledStemOptions): number {
  const mean = atomicNumbers.reduce((sum, z) => sum + z, 0) / atomicNumbers.length;
  const dopant = dopantAtomicNumber ?? (mean < HEAVY_FROM ? GOLD : SILICON);
  return columnIntensity(atomicNumbers.map(() => dopant));
}
