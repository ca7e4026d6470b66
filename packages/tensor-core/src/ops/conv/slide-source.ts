import { withWrittenLines } from '../matmul/written-lines';
import line from './depthwise-line.wgsl';
import slide from './depthwise-slide.wgsl';
import slideWeights from './depthwise-slide-weights.wgsl';

/** Rows along x that a thread takes. */
export const ROWS_ALONG = 8;

/** Loads of a line of the source: each meets every row it is a tap of. */
function sources(count: number): string[] {
  return countTo(ROWS_ALONG + count - 1).flatMap((i) => [
    ...(i === 0 ? [] : [`let at${i} = moved(x_axis, along, at${i - 1});`]),
    `let source${i} = load_source(x_axis, from_line, at${i}, channel, ${within(i - count + 1)});`,
  ]);
}

function within(row: number): string {
  return row <= 0 ? 'true' : `x + ${row} * along.apart < x_axis.rows`;
}

/** The text of the depthwise kernel for so many taps along x. */
export function slideSource(count: number): string {
  const rows = countTo(ROWS_ALONG);
  const taps = countTo(count);
  return withHead(
    count,
    withWrittenLines(slide, {
      sums: rows.map((row) => `var sum${row} = start;`),
      weights: taps.map(
        (tap) =>
          `let weight${tap} = weights[(first_tap + ${tap} * along.tap_step) * i32(params.depth) + channel];`,
      ),
      sources: sources(count),
      products: rows.flatMap((row) => taps.map((tap) => `sum${row} += weight${tap} * source${row + tap};`)),
      stores: rows.map((row) => `if (${within(row)}) { result[to + ${row} * stride] = sum${row}; }`),
    }),
  );
}

/** The text of the kernel of the depthwise weights' gradient for so many taps along x. */
export function slideWeightsSource(count: number): string {
  const rows = countTo(ROWS_ALONG);
  const taps = countTo(count);
  return withHead(
    count,
    withWrittenLines(slideWeights, {
      sums: taps.map((tap) => `var sum${tap} = Element(0.0);`),
      grads: rows.map((row) => `let grad${row} = load_grad(place + ${row} * stride, ${within(row)});`),
      sources: sources(count),
      products: rows.flatMap((row) => taps.map((tap) => `sum${tap} += grad${row} * source${row + tap};`)),
      stores: taps.map((tap) => `parts[to + ${tap} * columns] = sum${tap};`),
    }),
  );
}

function withHead(count: number, text: string): string {
  return `const COUNT = ${count};\nconst ALONG = ${ROWS_ALONG};\n${line}\n${text}`;
}

function countTo(end: number): number[] {
  return Array.from({ length: end }, (_, index) => index);
}
