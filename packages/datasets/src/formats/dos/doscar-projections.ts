import type { LineInput } from '../text/line-parser';
import type { DosSpin, ProjectedDos } from './density-of-states';
import { DOSCAR_COLUMNS, doscarRow, doscarTableHead, type TableHead } from './doscar-rows';
import { type ProjectedColumns, projectedColumns } from './projected-columns';

/** What the head of the file and the total say about the projections. */
export interface ProjectionRequest {
  readonly sites: number;
  /** Fourth number of the file; 4 with spin-orbit coupling in newer versions. */
  readonly spinComponents: number;
  readonly first: TableHead;
  readonly spins: readonly DosSpin[];
  readonly maxValues: number;
  /** False: read, check and forget them. */
  readonly wanted: boolean;
}

/** Reads one table for each ion; `first` is the head of the first one. */
export function* doscarProjections(
  input: LineInput,
  { sites, spinComponents, first, spins, maxValues, wanted }: ProjectionRequest,
): Generator<void, ProjectedDos | null, string | undefined> {
  const { points } = first;
  const row = new Float64Array(DOSCAR_COLUMNS);
  const tables: Float32Array[] = [];
  let columns: ProjectedColumns | null = null;
  let width = 0;
  for (let site = 0; site < sites; site++) {
    const head = site === 0 ? first : doscarTableHead(input, yield);
    if (head.points !== points) {
      throw input.error(`${points} energies, as before, expected`, 'The tables of a DOSCAR agree.');
    }
    let values = new Float32Array();
    for (let point = 0; point < points; point++) {
      const line = yield;
      if (columns === null) {
        width = doscarRow(input, line, row, undefined, points);
        columns = projectedColumns(width - 1, spins.length, spinComponents);
        checkLayout(input, columns, wanted ? sites * (width - 1) * points : 0, maxValues);
      } else doscarRow(input, line, row, [width], points);
      if (!wanted) continue;
      if (point === 0) values = new Float32Array((width - 1) * points);
      for (let k = 1; k < width; k++) values[(k - 1) * points + point] = row[k]!;
    }
    tables.push(values);
  }
  return wanted && columns !== null ? { ...columns, sites: tables } : null;
}

function checkLayout(
  input: LineInput,
  columns: ProjectedColumns | null,
  values: number,
  maxValues: number,
): void {
  if (columns === null) {
    throw input.error(
      'an energy and one number for each orbital and spin expected',
      'No known layout has so many columns.',
    );
  }
  if (values <= maxValues) return;
  throw input.error(
    `at most ${maxValues} projected values expected (there are ${values})`,
    'Leave them out with projected: false, or raise maxProjectedValues.',
    'DATA_TOO_LARGE',
  );
}
