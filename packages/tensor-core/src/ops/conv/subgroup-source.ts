import { withWrittenLines } from '../matmul/written-lines';

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** Rows that a subgroup makes: four for each lane, at most 32. */
export function tileRows(lanes: number): number {
  return Math.min(32, 4 * lanes);
}

/** A subgroup kernel's text for a number of lanes, with the lines that differ in the row written out. */
export function subgroupSource(template: string, lanes: number): string {
  const rows = Array.from({ length: tileRows(lanes) }, (_, row) => row);
  const shuffled = (held: string, row: number): string =>
    `subgroupShuffle(${held}.${COMPONENTS[row % 4]}, ${Math.floor(row / 4)}u)`;
  const text = withWrittenLines(template, {
    accumulators: rows.map((row) => `var sum${row} = start;`),
    products: rows.map(
      (row) =>
        `sum${row} = fma(vec4f(${shuffled('next_rows', row)}), next_columns, fma(vec4f(${shuffled('rows', row)}), columns, sum${row}));`,
    ),
    stores: rows.map((row) => `store(${shuffled('to', row)}, column, sum${row}, row0 + ${row}u < all_rows);`),
    parts: rows.map(
      (row) =>
        `if (row0 + ${row}u < all_rows && column < params.columns) { parts[to + (row0 + ${row}u) * quads] = sum${row}; }`,
    ),
  });
  return `const LANES = ${lanes}u;\nconst ROWS = ${rows.length}u;\n${text}`;
}
