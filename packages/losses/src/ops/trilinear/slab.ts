import type { Operands } from './operands';

/** Indices a from `start`, `count` of them; for each all `rows` indices b and `columns` indices c, N rounded up. */
export interface Slab {
  readonly start: number;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Cuts the indices a into slabs of whole multiples of `step`, such that dL/dt of one and its two products with operands
 * take at most `bytes` (or one step does).
 */
export function slabsOf(
  { extent, depth }: Operands,
  step: number,
  columnStep: number,
  bytes: number,
): Slab[] {
  const roundUp = (unit: number): number => Math.ceil(extent / unit) * unit;
  const [rows, columns] = [roundUp(step), roundUp(columnStep)];
  const bytesEach = 4 * (rows * columns + (rows + columns) * depth);
  const most = Math.max(1, Math.floor(bytes / bytesEach / step)) * step;
  const even = Math.ceil(rows / Math.ceil(rows / most) / step) * step;
  const slabs: Slab[] = [];
  for (let start = 0; start < rows; start += even) {
    slabs.push({ start, count: Math.min(even, rows - start), rows, columns });
  }
  return slabs;
}

/** Bytes of the largest tensor that the smallest slab of whole tiles needs. */
export function tileSlabBytes({ extent, depth }: Operands, lanes: number): number {
  const columns = Math.ceil(extent / (4 * lanes)) * 4 * lanes;
  return 4 * lanes * columns * Math.max(columns, depth);
}
