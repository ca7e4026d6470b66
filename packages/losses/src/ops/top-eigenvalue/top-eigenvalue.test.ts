import { scoped, tensor, valueAndGrad } from '@bravais/tensor-core';
import { describeOp, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import { dot, unit } from '../../testing/references/vectors';
import { topEigenvalue, topEigenvalueOp } from '.';
import { topEigenvalueReference } from './reference';

const device = await testDevice();

/** Cosines of `rows` anchors with `others` unit vectors of each of `columns`, and those vectors' own Gram matrices. */
function cosines(rows: number, columns: number, others: number, features = 9) {
  const vectors = (count: number, seed: number) => {
    const values = sampleUniform([count, features], seed);
    return Array.from({ length: count }, (_, v) =>
      unit([...values.subarray(v * features, (v + 1) * features)]),
    );
  };
  const anchors = vectors(rows, 1);
  const rest = Array.from({ length: others }, (_, k) => vectors(columns, 2 + k));
  const products = anchors.flatMap((x) => rest.flatMap((ofColumns) => ofColumns.map((v) => dot(x, v))));
  const gram = Array.from({ length: columns }, (_, j) =>
    rest.flatMap((v) => rest.map((w) => dot(v[j]!, w[j]!))),
  ).flat();
  return [
    { shape: [rows, others * columns], values: Float32Array.from(products) },
    { shape: [columns, others, others], values: Float32Array.from(gram) },
  ];
}

describeOp({
  op: topEigenvalueOp,
  reference: topEigenvalueReference,
  tolerance: { relative: 2e-6, ofLargest: 1e-7 },
  cases: [
    { inputs: cosines(1, 1, 1), attrs: {} },
    { inputs: cosines(3, 5, 1), attrs: {} },
    { inputs: cosines(17, 3, 2), attrs: {} },
    { inputs: cosines(5, 4, 3), attrs: {} },
    { inputs: cosines(3, 3, 4), attrs: {} },
    { inputs: cosines(3, 2, 5), attrs: {} },
    { inputs: cosines(2, 3, 6), attrs: {} },
    { inputs: cosines(2, 2, 7, 12), attrs: {} },
    { inputs: cosines(33, 65, 2), attrs: {}, gradient: false },
    { inputs: cosines(20, 130, 7), attrs: {}, gradient: false },
  ],
});

/** λ, and dλ/dproducts and dλ/drest, of one anchor and one rest. */
async function ofOne(products: readonly number[], rest: readonly (readonly number[])[]) {
  const others = products.length;
  const tree = {
    products: tensor(device, Float32Array.from(products), [1, others]),
    rest: tensor(device, Float32Array.from(rest.flat()), [1, others, others]),
  };
  const { value, grads } = valueAndGrad(tree, (t) => topEigenvalue(t.products, t.rest));
  const result = {
    value: await value.item(),
    products: [...(await grads.products.read())],
    rest: [...(await grads.rest.read())],
  };
  for (const each of [value, grads.products, grads.rest, tree.products, tree.rest]) each.dispose();
  return result;
}

describe('topEigenvalue', () => {
  it('of vectors on one line is their number, whatever their signs', async () => {
    const { value, products } = await ofOne(
      [1, -1, 1],
      [
        [1, -1, 1],
        [-1, 1, -1],
        [1, -1, 1],
      ],
    );
    expect(value).toBeCloseTo(4, 5);
    expect(products).toEqual([0.5, -0.5, 0.5].map((each) => expect.closeTo(each, 5)));
  });

  it('of two vectors is 1 + |cos|, down to small cosines', async () => {
    for (const cosine of [0.9, -0.3, 1e-2, -1e-4]) {
      const { value, products } = await ofOne([cosine], [[1]]);
      expect(value).toBeCloseTo(1 + Math.abs(cosine), 6);
      expect(products[0]).toBeCloseTo(Math.sign(cosine), 4);
    }
  });

  it('of orthogonal vectors is 1, with the mean gradient over the eigenspace: none between them', async () => {
    for (const others of [1, 3, 6]) {
      const eye = Array.from({ length: others }, (_, k) =>
        Array.from({ length: others }, (_, l) => (k === l ? 1 : 0)),
      );
      const { value, products, rest } = await ofOne(new Array<number>(others).fill(0), eye);
      expect(value).toBeCloseTo(1, 6);
      expect([...products, ...rest].every((each) => each === 0)).toBe(true);
    }
  });

  it('names its operands in errors', () => {
    scoped(device, () => {
      const products = tensor(device, sampleUniform([2, 6], 1), [2, 6]);
      const rest = tensor(device, sampleUniform([3, 3, 3], 1), [3, 3, 3]);
      expect(() => topEigenvalue(products, rest)).toThrow(
        'topEigenvalue: expected products [N, K B] and rest [B, K, K] with K from 1 to 7, got [2, 6] and [3, 3, 3].',
      );
      const counts = tensor(device, Int32Array.of(1, 2), [2, 1]);
      expect(() => topEigenvalue(counts, tensor(device, [[[1]]]))).toThrow(
        'topEigenvalue: expected f32, got i32',
      );
      return [];
    });
  });
});
