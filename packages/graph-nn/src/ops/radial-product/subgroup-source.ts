import productTemplate from './radial-product.wgsl';
import gradientTemplate from './weight-gradient.wgsl';

/** Lanes of a subgroup for which there are kernels. */
export type Lanes = 4 | 8 | 16;

/** Gaussians that the weight's gradient takes at once: all within reach of edges less than one spacing apart. */
const WINDOW = 10;
/** Edges whose terms the weight's gradient adds to a sum at once, while it is in registers. */
const MOST_EDGES_AT_ONCE = 8;

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;
const HALVES = [0, 1];

/** Rows of the product that one subgroup makes: four for each of up to eight lanes, as many as pay. */
export function rowsOfTile(lanes: Lanes): number {
  return 4 * Math.min(lanes, 8);
}

/** The text of the product's kernel; two Gaussians a turn, as its sums are more than the registers of a CPU. */
export function productSource(lanes: Lanes): string {
  const rows = upTo(rowsOfTile(lanes));
  const ofRow = (values: string, row: number): string =>
    `subgroupShuffle(${values}.${COMPONENTS[row % 4]}, ${Math.floor(row / 4)}u)`;
  return fill(productTemplate, {
    accumulators: rows.flatMap((row) => HALVES.map((half) => `var sum${row}_${half} = vec4f(0.0);`)),
    products: rows.flatMap((row) => [
      `let row${row} = vec4f(${ofRow('rows', row)});`,
      `let next_row${row} = vec4f(${ofRow('next_rows', row)});`,
      ...HALVES.map((half) => {
        const sum = `sum${row}_${half}`;
        return `${sum} = fma(next_row${row}, weights[${half + 2}], fma(row${row}, weights[${half}], ${sum}));`;
      }),
    ]),
    stores: rows.map(
      (row) =>
        `if (${row}u < held) { product[row_place + ${row}u * octets] = mat2x4f(sum${row}_0, sum${row}_1); }`,
    ),
  });
}

/** The text of the kernel that makes the weight's gradient by chunks. */
export function gradientSource(lanes: Lanes): string {
  const bins = upTo(WINDOW);
  const atOnce = Math.min(lanes, MOST_EDGES_AT_ONCE);
  const addEdges = (edges: readonly number[]): string[] => [
    ...edges.map(
      (edge) => `let grad${edge} = product_grad[min(position + ${edge}u, end - 1u) * octets + column];`,
    ),
    ...bins.flatMap((bin) => [
      ...edges.map(
        (edge) => `let gaussian${bin}_${edge} = vec4f(subgroupShuffle(gaussian${bin}, ${edge}u));`,
      ),
      ...HALVES.map((half) => {
        const terms = (sum: string, edge: number): string =>
          `fma(gaussian${bin}_${edge}, grad${edge}[${half}], ${sum})`;
        return `sum${bin}_${half} = ${edges.reduce(terms, `sum${bin}_${half}`)};`;
      }),
    ]),
  ];
  const text = fill(gradientTemplate, {
    accumulators: bins.flatMap((bin) => HALVES.map((half) => `var sum${bin}_${half} = vec4f(0.0);`)),
    gaussians: bins.flatMap((bin) => [
      `let away${bin} = away - ${bin}.0;`,
      `let gaussian${bin} = select(0.0, exp(-away${bin} * away${bin}), held);`,
    ]),
    products: upTo(lanes / atOnce).flatMap((turn) => addEdges(upTo(atOnce).map((i) => turn * atOnce + i))),
    stores: bins.map(
      (bin) => `if (${bin} < made) { parts[place + ${bin}u * octets] = mat2x4f(sum${bin}_0, sum${bin}_1); }`,
    ),
  });
  return `const WINDOW = ${WINDOW};\n${text}`;
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Puts lines in place of the template's `// [mark]` lines. */
function fill(text: string, marks: Readonly<Record<string, readonly string[]>>): string {
  return text.replace(/^( *)\/\/ \[(\w+)\]$/gm, (_, indent: string, mark: string) =>
    marks[mark]!.map((line) => indent + line).join('\n'),
  );
}
