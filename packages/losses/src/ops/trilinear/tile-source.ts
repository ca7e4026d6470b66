import template from './tile.wgsl';

/** What is done with the tiles of a trilinear product: WGSL lines for the marks of `tile.wgsl`. */
export interface TileUse {
  /** Once, before the tiles. */
  readonly begin?: readonly string[];
  /** For each stretch of LANES indices a, before and after its tiles. */
  readonly eachA?: readonly string[];
  readonly doneA?: readonly string[];
  /** For each tile, held as `t{a}_{b}`: four columns of the row (a0 + a, b0 + b). */
  readonly tile: readonly string[];
  /** Once, after the tiles. */
  readonly done?: readonly string[];
}

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** Every row of a tile: offsets from a0 and b0, and the name of its four columns. */
export function tileRows(lanes: number): { a: number; b: number; row: string }[] {
  return range(lanes).flatMap((b) => range(lanes).map((a) => ({ a, b, row: `t${a}_${b}` })));
}

/** 0 to count - 1. */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The value of `vector` (a vec4 name) that belongs to index `i` of four. */
export function componentOf(vector: string, i: number): string {
  return `${vector}.${COMPONENTS[i % 4]}`;
}

/** The text of the subgroup kernel that forms tiles and hands them to `use`. */
export function tileSource(lanes: number, use: TileUse): string {
  const marks: Readonly<Record<string, readonly string[]>> = {
    begin: use.begin ?? [],
    each_a: use.eachA ?? [],
    accumulators: tileRows(lanes).map(({ row }) => `var ${row} = vec4f(0.0);`),
    products: products(lanes),
    tile: use.tile,
    done_a: use.doneA ?? [],
    done: use.done ?? [],
  };
  const body = template.replace(/^( *)\/\/ \[(\w+)\]\n/gm, (_, indent: string, mark: string) =>
    marks[mark]!.map((line) => `${indent}${line}\n`).join(''),
  );
  return `const LANES = ${lanes}u;\n${body}`;
}

/**
 * Adds two depths to each row. Rows are handed round by `subgroupShuffle` from a constant lane, which lavapipe makes one
 * instruction of (`subgroupBroadcast` takes three).
 */
function products(lanes: number): string[] {
  const quads = range(lanes / 4);
  const formed = quads.flatMap((quad) =>
    (['even', 'odd'] as const).map((parity) => {
      const depth = parity === 'even' ? 'x' : 'y';
      const factors = range(4).map((i) => `subgroupShuffle(a_pair.${depth}, ${4 * quad + i}u)`);
      return `let rows_${parity}${quad} = b_pair.${depth} * vec4f(${factors.join(', ')});`;
    }),
  );
  const sums = tileRows(lanes).map(({ a, b, row }) => {
    const factor = (parity: string): string =>
      `vec4f(subgroupShuffle(${componentOf(`rows_${parity}${Math.floor(a / 4)}`, a)}, ${b}u))`;
    return `${row} = fma(${factor('odd')}, c_pair[1], fma(${factor('even')}, c_pair[0], ${row}));`;
  });
  return [...formed, ...sums];
}

/** Lines for each element t_iii of a tile, `value` being its name: run in the lane and the tile that hold it. */
export function onDiagonal(lanes: number, line: (i: number, value: string) => string): string[] {
  return [
    'if (a0 == b0 && a0 >= c0 && a0 < c0 + 4u * LANES) {',
    '  let home = (a0 - c0) / 4u;',
    ...range(lanes).map((i) => {
      const here = `lane == home + ${Math.floor(i / 4)}u && a0 + ${i}u < params.extent`;
      return `  if (${here}) { ${line(i, componentOf(`t${i}_${i}`, i))} }`;
    }),
    '}',
  ];
}
