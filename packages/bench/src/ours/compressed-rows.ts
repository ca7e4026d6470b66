/** Positions sorted by the row they belong to. */
export interface CompressedRows {
  /** rows + 1; row r has the positions order[offsets[r]] … order[offsets[r + 1] - 1]. */
  readonly offsets: Int32Array;
  readonly order: Int32Array;
}

/** Stable counting sort of positions by row (CSR). */
export function compressedRows(rowOf: Int32Array, rows: number): CompressedRows {
  const offsets = new Int32Array(rows + 1);
  for (const row of rowOf) offsets[row + 1]!++;
  for (let row = 0; row < rows; row++) offsets[row + 1]! += offsets[row]!;
  const next = offsets.slice();
  const order = new Int32Array(rowOf.length);
  rowOf.forEach((row, position) => {
    order[next[row]!++] = position;
  });
  return { offsets, order };
}
