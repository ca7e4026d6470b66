import { describeOp, sampleIntegers } from '@bravais/tensor-core/testing';
import { expect, it } from 'vitest';
import { gatedMessageOp } from '.';
import { gatedMessageReference } from './reference';

/** Index tensors of E random edges between N nodes, sorted by target, with both CSR orders. */
function randomEdges(nodes: number, edges: number, seed: number) {
  const target = sampleIntegers([edges], seed, nodes).sort();
  const source = sampleIntegers([edges], seed + 1, nodes);
  const offsets = (ids: Int32Array): Int32Array =>
    Int32Array.from({ length: nodes + 1 }, (_, n) => ids.filter((id) => id < n).length);
  const order = Int32Array.from(
    Array.from(source, (_, e) => e).sort((a, b) => source[a]! - source[b]! || a - b),
  );
  const input = (values: Int32Array) => ({ shape: [values.length], values });
  return [input(target), input(source), input(offsets(target)), input(offsets(source)), input(order)];
}

function operands(nodes: number, edges: number, width: number, seed: number) {
  const parts = [
    [nodes, 2 * width],
    [nodes, 2 * width],
    [edges, 2 * width],
  ];
  return [...parts, ...randomEdges(nodes, edges, seed)];
}

describeOp({
  op: gatedMessageOp,
  reference: (inputs) => gatedMessageReference(inputs),
  tolerance: { relative: 1e-5, ofLargest: 1e-6 },
  cases: [
    { inputs: operands(3, 0, 4, 1), attrs: null },
    { inputs: operands(1, 1, 4, 2), attrs: null },
    { inputs: operands(3, 7, 4, 3), attrs: null },
    { inputs: operands(5, 13, 8, 4), attrs: null, range: [-8, 8], gradient: true },
    { inputs: operands(17, 65, 64, 5), attrs: null },
    { inputs: operands(4, 6, 4, 6), attrs: null, range: [-60, 60], gradient: false },
  ],
});

it('refuses widths it cannot take', () => {
  const spec = (...shape: number[]) => ({ dtype: 'f32' as const, shape });
  expect(() => gatedMessageOp.shape([spec(3, 6), spec(3, 6), spec(2, 6)], null)).toThrow('multiple of 4');
  expect(() => gatedMessageOp.shape([spec(3, 8), spec(3, 16), spec(2, 8)], null)).toThrow(
    'parts of equal width',
  );
});
