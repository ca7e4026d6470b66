import template from './product-workgroup.wgsl';
import { threadsOf, type WorkgroupTile } from './tile';
import { withWrittenLines } from './written-lines';
import xDepths from './x-depths.wgsl';
import xStrided from './x-strided.wgsl';
import xVector from './x-vector.wgsl';

/** How a workgroup tile's kernel reads an operand: four indices at once, four depths at once, or one by one. */
export type WorkgroupAccess = 'vector' | 'depths' | 'strided';

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;
const OPERANDS: Readonly<Record<WorkgroupAccess, string>> = {
  vector: xVector,
  depths: xDepths,
  strided: xStrided,
};

/** The constants of a tile, which the texts of its operands and of its kernel are written in. */
export function tileConstants(tile: WorkgroupTile): string {
  const { rows, columns, depths, threadRows, threadColumns, buffers } = tile;
  return [
    ...[`const ROWS = ${rows}u;`, `const COLUMNS = ${columns}u;`, `const DEPTHS = ${depths}u;`],
    ...[`const THREAD_ROWS = ${threadRows}u;`, `const THREAD_COLUMNS = ${threadColumns}u;`],
    `const BUFFERS = ${buffers}u;\n`,
  ].join('\n');
}

/** The text that brings one operand into workgroup memory. */
export function operandSource(operand: 'a' | 'b', access: WorkgroupAccess): string {
  const [binding, extent, index] = operand === 'a' ? [0, 'rows', 'row'] : [1, 'columns', 'column'];
  return OPERANDS[access]
    .replaceAll('X_BINDING', String(binding))
    .replaceAll('X_EXTENT', extent.toUpperCase())
    .replaceAll('params.x_extent', `params.${extent}`)
    .replaceAll('x_index_stride', `x_${index}_stride`)
    .replace(/\bx_/g, `${operand}_`)
    .replace(/\bX_/g, `${operand.toUpperCase()}_`);
}

/** The kernel's text for a tile, with the lines that differ in part, depth, row and column written out. */
export function workgroupSource(tile: WorkgroupTile): string {
  const { rows, columns, depths, threadRows, threadColumns, buffers, writtenOut } = tile;
  const threads = threadsOf(tile);
  const partsA = countTo(Math.ceil((rows * depths) / 4 / threads));
  const partsB = countTo(Math.ceil((columns * depths) / 4 / threads));
  const parts = [
    ...partsA.map((part) => ['a', part] as const),
    ...partsB.map((part) => ['b', part] as const),
  ];
  const rowQuads = countTo(threadRows / 4);
  const columnQuads = countTo(threadColumns / 4);
  const held = rowQuads.flatMap((i) =>
    COMPONENTS.flatMap((component, c) =>
      columnQuads.map((j) => ({ i, c, j, component, sum: `sum${4 * i + c}_${j}` })),
    ),
  );
  const buffer = buffers === 2 ? 'buffer' : '0u';

  const places = parts.flatMap(([x, part]) => [
    `let ${x}_part${part} = thread + ${part}u * THREADS;`,
    `let ${x}_place${part} = ${x}_place(batch, ${x === 'a' ? 'first_row' : 'first_column'}, ${x}_part${part});`,
  ]);
  const moved = (x: 'a' | 'b', part: number, line: string): string => {
    const exact = ((x === 'a' ? rows : columns) * depths) / 4 >= (part + 1) * threads;
    return exact ? line : `if (${x}_part${part} < ${x.toUpperCase()}_PARTS) { ${line} }`;
  };
  const productsAt = (depth: string, step: number): string[] => [
    ...rowQuads.map((i) => `let a${step}_${i} = a_tile[${buffer}][${depth}][down + ${i}u * THREADS_HIGH];`),
    ...columnQuads.map(
      (j) => `let b${step}_${j} = b_tile[${buffer}][${depth}][across + ${j}u * THREADS_WIDE];`,
    ),
    ...held.map(
      ({ i, j, component, sum }) => `${sum} = fma(vec4f(a${step}_${i}.${component}), b${step}_${j}, ${sum});`,
    ),
  ];
  return withWrittenLines(template, {
    places,
    accumulators: [
      ...columnQuads.flatMap((j) => [
        `let column${j} = first_column + 4u * (across + ${j}u * THREADS_WIDE);`,
        `let start${j} = bias_at(column${j});`,
      ]),
      ...held.map(({ j, sum }) => `var ${sum} = start${j};`),
    ],
    parts: parts.map(([x, part]) => `var ${x}_next${part} = vec4f(0.0);`),
    loads: parts.map(([x, part]) =>
      moved(x, part, `${x}_next${part} = ${x}_load(${x}_place${part}, ${x}_part${part}, depth0, end);`),
    ),
    moves: parts.map(([x, part]) =>
      moved(x, part, `${x}_store(${buffer}, ${x}_part${part}, ${x}_next${part});`),
    ),
    products:
      writtenOut === depths
        ? countTo(depths).flatMap((depth) => productsAt(`${depth}u`, depth))
        : [
            `for (var depth = 0u; depth < DEPTHS; depth += ${writtenOut}u) {`,
            ...countTo(writtenOut).flatMap((step) => productsAt(`depth + ${step}u`, step)),
            '}',
          ],
    turn: [buffers === 2 ? 'buffer = 1u - buffer;' : 'workgroupBarrier();'],
    stores: [
      ...rowQuads.map((i) => `let row${i} = first_row + 4u * (down + ${i}u * THREADS_HIGH);`),
      ...held.map(
        ({ i, c, j, sum }) =>
          `store_c(place_c(split, batch, row${i} + ${c}u, column${j}), row${i} + ${c}u, column${j}, finished(${sum}));`,
      ),
    ],
  });
}

function countTo(end: number): number[] {
  return Array.from({ length: end }, (_, index) => index);
}
