import { apply, type Device, grad, scoped, sum, tensor, zeros } from '@bravais/tensor-core';
import { describeOp, sampleIntegers, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import { edgeActivationOp } from '.';
import { edgeActivationReference } from './reference';

interface Indices {
  readonly shape: readonly [number];
  readonly values: Int32Array;
}

const host = (values: Int32Array): Indices => ({ shape: [values.length], values });

/** Row pointers of ids in [0, nodes). */
function offsetsOf(ids: Int32Array, nodes: number): Int32Array {
  const offsets = new Int32Array(nodes + 1);
  for (const id of ids) offsets[id + 1]!++;
  for (let n = 0; n < nodes; n++) offsets[n + 1]! += offsets[n]!;
  return offsets;
}

/** The index inputs of a graph whose edges end in the given nodes, ascending, and begin anywhere. */
function indices(nodes: number, target: Int32Array, seed: number): Indices[] {
  const source = sampleIntegers([target.length], seed, nodes);
  const order = Int32Array.from(source.keys()).sort((a, b) => source[a]! - source[b]! || a - b);
  return [source, target, offsetsOf(target, nodes), offsetsOf(source, nodes), order].map(host);
}

function operands(nodes: number, edges: number, width: number, seed: number, target?: Int32Array) {
  const sorted = target ?? sampleIntegers([edges], seed, nodes).sort();
  return [[nodes, 2 * width], [edges, width], ...indices(nodes, sorted, seed + 1)];
}

const allInto = (edges: number, node: number): Int32Array => new Int32Array(edges).fill(node);

describeOp({
  op: edgeActivationOp,
  reference: (inputs) => edgeActivationReference(inputs),
  tolerance: { relative: 1e-5, ofLargest: 1e-6 },
  cases: [
    { inputs: operands(0, 0, 4, 1), attrs: null },
    { inputs: operands(3, 0, 4, 1), attrs: null, gradient: true },
    { inputs: operands(1, 1, 4, 2), attrs: null },
    { inputs: operands(3, 7, 4, 3), attrs: null },
    { inputs: operands(7, 5, 8, 3), attrs: null, gradient: true },
    { inputs: operands(5, 13, 12, 4), attrs: null, range: [-8, 8], gradient: true },
    { inputs: operands(6, 9, 8, 5, allInto(9, 0)), attrs: null, gradient: true },
    { inputs: operands(6, 9, 8, 5, allInto(9, 5)), attrs: null, gradient: true },
    { inputs: operands(1, 257, 4, 6), attrs: null, gradient: false },
    { inputs: operands(17, 65, 64, 5), attrs: null, gradient: false },
    { inputs: operands(4, 6, 4, 6), attrs: null, range: [-60, 60], gradient: false },
  ],
});

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

it('the gradient of a node counts its edges in both directions', async () => {
  const [nodes, width] = [3, 4];
  const target = Int32Array.from([0, 0, 1]);
  const source = Int32Array.from([2, 0, 2]);
  const lists = [
    source,
    target,
    offsetsOf(target, nodes),
    offsetsOf(source, nodes),
    Int32Array.from([1, 0, 2]),
  ];
  const { node, edge } = scoped(device, () => {
    const parts = { node: zeros(device, [nodes, 2 * width]), edge: zeros(device, [3, width]) };
    const indexTensors = lists.map((values) => tensor(device, values));
    return grad(parts, (at) => sum(apply(edgeActivationOp, [at.node, at.edge, ...indexTensors], null)));
  });
  // SiLU'(0) = 1/2; edges into the nodes: 2, 1, 0; out of them: 1, 0, 2.
  const rows = [2, 1, 1, 0, 0, 2].flatMap((count) => new Array<number>(width).fill(count / 2));
  expect([...(await node.read())]).toEqual(rows);
  expect([...(await edge.read())]).toEqual(new Array<number>(3 * width).fill(0.5));
  for (const gradient of [node, edge]) gradient.dispose();
});

it('covers more than 65,535 workgroups', async () => {
  const [nodes, edges, width] = [2, 1_048_577, 16];
  const [, , ...lists] = operands(nodes, edges, width, 7) as [unknown, unknown, ...Indices[]];
  const nodeValues = Float32Array.from({ length: 2 * width * nodes }, (_, i) => i / 16 - 2);
  using activated = scoped(device, () => {
    const parts = [tensor(device, nodeValues, [nodes, 2 * width]), zeros(device, [edges, width])];
    return apply(edgeActivationOp, [...parts, ...lists.map(({ values }) => tensor(device, values))], null);
  });
  using last = activated.view([1, width], null, (edges - 1) * width * 4);
  const [source, target] = [lists[0]!.values.at(-1)!, lists[1]!.values.at(-1)!];
  const expected = Array.from({ length: width }, (_, k) => {
    const z = nodeValues[2 * width * target + k]! + nodeValues[(2 * source + 1) * width + k]!;
    return expect.closeTo(z / (1 + Math.exp(-z)), 5);
  });
  expect([...(await last.read())]).toEqual(expected);
});

it('refuses parts and indices that do not belong together', () => {
  const float = (...shape: number[]) => ({ dtype: 'f32' as const, shape });
  const index = (length: number) => ({ dtype: 'i32' as const, shape: [length] });
  const graph = [index(5), index(5), index(4), index(4), index(5)];
  const shapeOf = (...inputs: Parameters<typeof edgeActivationOp.shape>[0]) =>
    edgeActivationOp.shape(inputs, null);
  expect(() => shapeOf(float(3, 8), float(5, 8), ...graph)).toThrow(
    'edgeActivation: expected node part [N, 2W] and edge part [E, W], got [3, 8] and [5, 8].',
  );
  expect(() => shapeOf(float(3, 12), float(5, 6), ...graph)).toThrow('must be a multiple of 4');
  expect(() => shapeOf(float(3, 8), { dtype: 'i32', shape: [5, 4] }, ...graph)).toThrow(
    'expected f32 parts, got i32',
  );
  expect(() => shapeOf(float(3, 8), float(5, 4), ...graph.slice(0, 4), index(4))).toThrow(
    'sourceOrder must have shape [5] for 3 nodes and 5 edges, got [4]',
  );
  expect(() => shapeOf(float(3, 8), float(5, 4), float(5), ...graph.slice(1))).toThrow(
    'edgeSource must be i32 or u32, got f32',
  );
});
