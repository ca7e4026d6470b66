import productTemplate from './embedding-product.wgsl';
import scoresTemplate from './scores.wgsl';

/** Tile of a product that one subgroup makes in registers: 4 lanes rows, 4 lanes loads columns. */
export interface Tile {
  /** Lanes of a subgroup. */
  readonly lanes: number;
  /** Loads of four columns that a lane makes at one depth. */
  readonly loads: 1 | 2;
  /** Times that a score is squared to give the exponential of its logit. */
  readonly squarings: number;
}

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** Text of the kernel that makes scores with the statistics of their rows and columns. */
export function scoresSource(tile: Tile): string {
  const { lanes } = tile;
  const { rows, loads, quadOf, broadcast } = linesOf(tile);
  const score = (row: number, load: number): string => `score${row}_${load}`;
  const placeOf = (row: number, load: number): string =>
    `place + ${2 * Math.floor(row / 2)}u * params.right_quads + ${2 * lanes * load}u`;
  return fill(`const EXPONENT = ${2 ** tile.squarings}.0;\n${scoresTemplate}`, {
    power: power(tile),
    accumulators: accumulators(tile),
    columns: loads.flatMap((load) => [
      `let block${load} = right[${quadOf(load)} + pair * params.right_quads];`,
      `let columns${load} = block${load}[0];`,
      `let next_columns${load} = block${load}[1];`,
    ]),
    products: ['let rows_here = rows[0];', 'let rows_next = rows[1];', ...products(tile)],
    scores: [
      ...loads.flatMap((load) => [
        `let column_factor${load} = factors[2u * params.stride + ${quadOf(load)}];`,
        `let column_outside${load} = outside(${quadOf(load)}, params.right_rows);`,
        `var column_largest${load} = vec4f(LEAST);`,
        `var own${load} = vec4f(0.0);`,
        // Which quad of rows of the tile has its own pairs in these columns.
        `let meets${load} = ${quadOf(load)} - (params.first_quad + row_quad);`,
      ]),
      ...rows.flatMap((row) => [
        `let row_factor${row} = ${broadcast('row_factors', row)};`,
        `let row_outside${row} = ${broadcast('row_outside', row)};`,
        ...loads.flatMap((load) => [
          `var ${score(row, load)} = exp2(fma(sum${row}_${load}, row_factor${row} * column_factor${load}, row_outside${row} + column_outside${load}));`,
          ...takeOwn(score(row, load), row, load),
          `column_largest${load} = max(column_largest${load}, ${score(row, load)});`,
          ...(row % 2 === 0 ? [] : blocks(score(row - 1, load), score(row, load), placeOf(row, load))),
        ]),
      ]),
    ],
    'own scores': loads.map((load) => `if (meets${load} < LANES) { own[${quadOf(load)}] = own${load}; }`),
    'column totals': loads.flatMap((load) => [
      `let column_over${load} = 1.0 / column_largest${load};`,
      `var column_total${load} = vec4f(0.0);`,
    ]),
    'row pair': [
      ...loads.flatMap((load) => [
        `let left${load} = scores[at + ${2 * lanes * load}u];`,
        `let right${load} = scores[at + ${2 * lanes * load + 1}u];`,
      ]),
      `let top = ${loads.map((load) => `max(left${load}, right${load})`).reduce((a, b) => `max(${a}, ${b})`)};`,
    ],
    powers: [
      `let powers = ${loads.map((load) => `power(left${load} * over_rows) + power(right${load} * over_rows)`).join(' + ')};`,
      ...loads.flatMap((load) => [
        `let left_powers${load} = power(left${load} * column_over${load}.xyxy);`,
        `let right_powers${load} = power(right${load} * column_over${load}.zwzw);`,
        `column_total${load} += vec4f(left_powers${load}.xy + left_powers${load}.zw, right_powers${load}.xy + right_powers${load}.zw);`,
      ]),
    ],
    'column parts': loads.flatMap((load) => [
      `parts[column_place + ${lanes * load}u] = log2(column_largest${load}) * EXPONENT;`,
      `parts[column_place + ${lanes * load}u + params.right_quads] = column_total${load};`,
    ]),
  });
}

/** Moves the score of a row's own pair out of the tile, where it is in there. */
function takeOwn(score: string, row: number, load: number): string[] {
  const [part, meets] = [COMPONENTS[row % 4], `meets${load} == ${Math.floor(row / 4)}u`];
  return [
    `own${load}.${part} = select(own${load}.${part}, ${score}.${part}, ${meets});`,
    `${score}.${part} = select(${score}.${part}, 0.0, ${meets});`,
  ];
}

/** Stores two rows of four scores as two blocks of two rows x two columns. */
function blocks(upper: string, lower: string, place: string): string[] {
  return [
    `scores[${place}] = vec4f(${upper}.xy, ${lower}.xy);`,
    `scores[${place} + 1u] = vec4f(${upper}.zw, ${lower}.zw);`,
  ];
}

/** Text of the kernel that multiplies softmaxes with embeddings. */
export function productSource(tile: Tile): string {
  const { rows, loads, quadOf } = linesOf(tile);
  return fill(productTemplate, {
    power: power(tile),
    places: loads.map((load) => `let column${load} = min(${quadOf(load)}, params.right_quads - 1u);`),
    accumulators: accumulators(tile),
    columns: loads.flatMap((load) => [
      `let columns${load} = right[place + column${load}];`,
      `let next_columns${load} = right[next + column${load}];`,
    ]),
    products: products(tile),
    stores: loads.flatMap((load) =>
      rows.map((row) => `h[h_place + ${row}u * params.h_quads + ${tile.lanes * load}u] = sum${row}_${load};`),
    ),
  });
}

function linesOf({ lanes, loads }: Tile) {
  return {
    rows: Array.from({ length: 4 * lanes }, (_, row) => row),
    loads: Array.from({ length: loads }, (_, load) => load),
    quadOf: (load: number): string => `column_quad + ${lanes * load}u`,
    /** WGSL asks for a constant lane, so the lines that differ in it are written out. */
    broadcast: (value: string, row: number): string =>
      `vec4f(subgroupBroadcast(${value}.${COMPONENTS[row % 4]}, ${Math.floor(row / 4)}u))`,
  };
}

function accumulators(tile: Tile): string[] {
  const { rows, loads } = linesOf(tile);
  return rows.flatMap((row) => loads.map((load) => `var sum${row}_${load} = vec4f(0.0);`));
}

function power({ squarings }: Tile): string[] {
  return new Array<string>(squarings).fill('value *= value;');
}

/** Two depths a turn, row by row: the tile is larger than a CPU's registers, and this halves the trips to memory and back. */
function products(tile: Tile): string[] {
  const { rows, loads, broadcast } = linesOf(tile);
  return rows.flatMap((row) => [
    `let row${row} = ${broadcast('rows_here', row)};`,
    `let next_row${row} = ${broadcast('rows_next', row)};`,
    ...loads.map(
      (load) =>
        `sum${row}_${load} = fma(next_row${row}, next_columns${load}, fma(row${row}, columns${load}, sum${row}_${load}));`,
    ),
  ]);
}

/** Puts lines in place of the template's `// [mark]` lines. */
function fill(text: string, marks: Readonly<Record<string, readonly string[]>>): string {
  return text.replace(/^( *)\/\/ \[([\w ]+)\]$/gm, (_, indent: string, mark: string) =>
    marks[mark]!.map((line) => indent + line).join('\n'),
  );
}
