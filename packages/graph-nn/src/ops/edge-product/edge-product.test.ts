import { ACCUMULATED, describeOp, sampleUniform } from '@bravais/tensor-core/testing';
import { expect, it } from 'vitest';
import { edgeProductOp } from '.';
import { edgeProductReference } from './reference';

/** The same features in both layouts, and a weight. */
function operands(edges: number, features: number, outputs: number, seed: number) {
  const rows = sampleUniform([edges, features], seed);
  const columns = new Float32Array(rows.length);
  for (let e = 0; e < edges; e++) {
    for (let k = 0; k < features; k++) columns[k * edges + e] = rows[e * features + k]!;
  }
  return [
    { shape: [edges, features], values: rows },
    { shape: [features, edges], values: columns },
    [outputs, features],
  ];
}

describeOp({
  op: edgeProductOp,
  reference: (inputs) => edgeProductReference(inputs),
  tolerance: ACCUMULATED,
  cases: [
    { inputs: operands(0, 4, 8, 1), attrs: null },
    { inputs: operands(1, 1, 1, 2), attrs: null },
    { inputs: operands(7, 5, 8, 3), attrs: null },
    { inputs: operands(64, 40, 128, 4), attrs: null, gradient: false },
    { inputs: operands(65, 3, 16, 5), attrs: null },
    { inputs: operands(1031, 40, 24, 6), attrs: null, gradient: false },
  ],
});

it('refuses layouts of different features', () => {
  const spec = (...shape: number[]) => ({ dtype: 'f32' as const, shape });
  expect(() => edgeProductOp.shape([spec(7, 4), spec(7, 4), spec(8, 4)], null)).toThrow('got f32 [7, 4]');
  expect(() => edgeProductOp.shape([spec(7, 4), spec(4, 7), spec(8, 5)], null)).toThrow('both layouts');
});
