import {
  apply,
  type Device,
  gatherRows,
  grad,
  readAll,
  scoped,
  square,
  sum,
  type Tensor,
  type TensorSpec,
  tensor,
  valueAndGrad,
  zeros,
} from '@bravais/tensor-core';
import {
  describeOp,
  firstMismatch,
  sampleIntegers,
  sampleUniform,
  testDevice,
} from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import { countedKinds } from '../../batch/counted-kinds';
import { gatedConvolution, gatedConvolutionOp } from '.';
import { gatedConvolutionReference } from './reference';

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

/** The index inputs of a graph with the given targets, ascending, and random sources. */
function indices(nodes: number, target: Int32Array, seed: number): Indices[] {
  const source = sampleIntegers([target.length], seed, nodes);
  const order = Int32Array.from(source.keys()).sort((a, b) => source[a]! - source[b]! || a - b);
  return [source, offsetsOf(target, nodes), offsetsOf(source, nodes), order].map(host);
}

function operands(nodes: number, edges: number, width: number, seed: number, target?: Int32Array) {
  const sorted = target ?? sampleIntegers([edges], seed, nodes).sort();
  const parts = [[nodes, 4 * width], [edges, 2 * width], [2 * width]];
  return [...parts, ...indices(nodes, sorted, seed + 1)];
}

/** The same with an edge part of `kinds` rows, the last of which no edge has, and edges that count 1 to `most` times. */
function operandsByKind(
  nodes: number,
  edges: number,
  width: number,
  kinds: number,
  seed: number,
  most: number,
) {
  const [node, , bias, ...graph] = operands(nodes, edges, width, seed);
  const ofEdge = sampleIntegers([edges], seed + 2, kinds - 1);
  const order = Int32Array.from(ofEdge.keys()).sort((a, b) => ofEdge[a]! - ofEdge[b]! || a - b);
  const multiplicity = sampleIntegers([edges], seed + 3, most).map((times) => times + 1);
  const counted = countedKinds(ofEdge, multiplicity);
  return [
    node!,
    [kinds, 2 * width],
    bias!,
    ...graph,
    ...[counted, offsetsOf(ofEdge, kinds), order].map(host),
  ];
}

const allInto = (edges: number, node: number): Int32Array => new Int32Array(edges).fill(node);

describeOp({
  op: gatedConvolutionOp,
  reference: (inputs) => gatedConvolutionReference(inputs),
  tolerance: { relative: 1e-5, ofLargest: 1e-6 },
  cases: [true, false].flatMap((keepSlopes) => {
    const attrs = { keepSlopes };
    return [
      { inputs: operands(0, 0, 4, 1), attrs },
      { inputs: operands(3, 0, 4, 1), attrs },
      { inputs: operands(1, 1, 4, 2), attrs },
      { inputs: operands(1, 1, 8, 2), attrs },
      { inputs: operands(3, 7, 4, 3), attrs },
      { inputs: operands(7, 5, 8, 3), attrs, gradient: true },
      { inputs: operands(5, 13, 12, 4), attrs, range: [-8, 8], gradient: true },
      { inputs: operands(5, 13, 16, 4), attrs, range: [-8, 8], gradient: true },
      { inputs: operands(6, 9, 8, 5, allInto(9, 0)), attrs, gradient: true },
      { inputs: operands(6, 9, 8, 5, allInto(9, 5)), attrs, gradient: true },
      { inputs: operands(1, 5000, 4, 6), attrs },
      { inputs: operands(13, 65, 64, 5), attrs },
      { inputs: operands(17, 65, 96, 5), attrs },
      { inputs: operands(65, 257, 20, 5), attrs },
      { inputs: operandsByKind(3, 0, 4, 2, 1, 1), attrs },
      { inputs: operandsByKind(5, 13, 8, 4, 7, 3), attrs, gradient: true },
      { inputs: operandsByKind(5, 13, 12, 3, 8, 3), attrs, gradient: true },
      { inputs: operandsByKind(13, 65, 64, 20, 9, 127), attrs },
      { inputs: operands(4, 6, 4, 6), attrs, range: [-60, 60], gradient: false },
      { inputs: operands(4, 6, 8, 6), attrs, range: [-60, 60], gradient: false },
    ] as const;
  }),
});

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

/** Gradients of the sum of the output where every part is 0, so that each edge has the same dL/dz. */
function gradientsAtZero(nodes: number, width: number, indexInputs: readonly Indices[], edges: number) {
  return scoped(device, () => {
    const [edgeSource, targetOffsets, sourceOffsets, sourceOrder] = indexInputs.map(({ values }) =>
      tensor(device, values),
    );
    const graph = {
      edgeSource: edgeSource!,
      targetOffsets: targetOffsets!,
      sourceOffsets: sourceOffsets!,
      sourceOrder: sourceOrder!,
    };
    const parts = {
      node: zeros(device, [nodes, 4 * width]),
      edge: zeros(device, [edges, 2 * width]),
      bias: zeros(device, [2 * width]),
    };
    return grad(parts, ({ node, edge, bias }) => sum(gatedConvolution(node, edge, bias, graph)));
  });
}

// d/dg and d/dc of sigmoid(g) softplus(c) at g = c = 0.
const [GATE, CORE] = [Math.log(2) / 4, 1 / 4];

it('gives edges that no segment holds the gradient 0', async () => {
  const width = 4;
  const graph = [
    [1, 0, 1, 0, 1],
    [1, 3, 4],
    [0, 2, 5],
    [1, 3, 0, 2, 4],
  ].map((values) => host(Int32Array.from(values)));
  const { node, edge, bias } = gradientsAtZero(2, width, graph, 5);
  const columns = [...new Array<number>(width).fill(GATE), ...new Array<number>(width).fill(CORE)];
  const rows = (weights: number[]): number[] => weights.flatMap((weight) => columns.map((c) => weight * c));
  const close = (expected: number[]) => expected.map((value) => expect.closeTo(value, 6));
  expect([...(await edge.read())]).toEqual(close(rows([0, 1, 1, 1, 0])));
  // Target and source halves: 2 and 1 edges into the nodes, 2 and 1 counted edges out of them.
  expect([...(await node.read())]).toEqual(close(rows([2, 2, 1, 1])));
  expect([...(await bias.read())]).toEqual(close(rows([3])));
  for (const gradient of [node, edge, bias]) gradient.dispose();
});

it('gives the same bits with and without a gradient in view', async () => {
  const [node, edge, bias, ...graph] = operands(37, 301, 24, 8);
  const parts = ([node, edge, bias] as number[][]).map((shape, index) => ({
    shape,
    values: sampleUniform(shape, index, -6, 6),
  }));
  const [plain, tracked] = [false, true].map((keepSlopes) =>
    scoped(device, () => {
      const inputs = [...parts, ...(graph as Indices[])];
      const tensors = inputs.map(({ values, shape }) => tensor(device, values, shape));
      return apply(gatedConvolutionOp, tensors, { keepSlopes });
    }),
  );
  expect(await tracked!.read()).toEqual(await plain!.read());
  plain!.dispose();
  tracked!.dispose();
});

it('covers more than 65,535 workgroups', async () => {
  const [nodes, width] = [2_097_152, 4];
  const graph = indices(nodes, Int32Array.from([0, 4, nodes - 2, nodes - 1]), 9);
  graph[0] = host(Int32Array.from([nodes - 1, nodes - 1, 3, nodes - 2]));
  graph[2] = host(offsetsOf(graph[0].values, nodes));
  graph[3] = host(Int32Array.from([2, 3, 0, 1]));
  const gradients = gradientsAtZero(nodes, width, graph, 4);
  using ends = gradients.node.view([16, 4 * width], null, (nodes - 16) * 16 * width);
  const rows = (await ends.read()) as Float32Array;
  for (const gradient of Object.values(gradients)) gradient.dispose();
  const row = (target: number, source: number): unknown[] =>
    [target * GATE, target * CORE, source * GATE, source * CORE].flatMap((value) =>
      new Array(width).fill(expect.closeTo(value, 6)),
    );
  expect([...rows.slice(14 * 16)]).toEqual([...row(1, 1), ...row(1, 2)]);
  expect(rows.slice(0, 14 * 16).every((value) => value === 0)).toBe(true);
});

it('refuses parts and indices that do not fit together', () => {
  const f32 = (...shape: number[]): TensorSpec => ({ dtype: 'f32', shape });
  const i32 = (...shape: number[]): TensorSpec => ({ dtype: 'i32', shape });
  const graph = [i32(2), i32(4), i32(4), i32(2)];
  const shape = (...inputs: TensorSpec[]) => gatedConvolutionOp.shape(inputs, { keepSlopes: true });
  expect(shape(f32(3, 16), f32(2, 8), f32(8), ...graph).shape).toEqual([3, 4]);
  expect(() => shape(f32(3, 12), f32(2, 6), f32(6), ...graph)).toThrow('multiple of 4');
  expect(() => shape(f32(3, 8), f32(2, 8), f32(8), ...graph)).toThrow('node part [N, 4W]');
  expect(() => shape(f32(3, 16), f32(2, 8), f32(4), ...graph)).toThrow('bias [2W]');
  expect(() => shape(f32(3, 16), i32(2, 8), f32(8), ...graph)).toThrow('expected f32 parts, got i32');
  expect(() => shape(f32(4, 16), f32(2, 8), f32(8), ...graph)).toThrow('targetOffsets must have shape [5]');
  expect(() => shape(f32(3, 16), f32(3, 8), f32(8), ...graph)).toThrow('edgeSource must have shape [3]');
  const kinds = [i32(2), i32(6), i32(2)];
  expect(shape(f32(3, 16), f32(5, 8), f32(8), ...graph, ...kinds).shape).toEqual([3, 4]);
  expect(() => shape(f32(3, 16), f32(4, 8), f32(8), ...graph, ...kinds)).toThrow(
    'kinds.offsets must have shape [5]',
  );
  expect(() => shape(f32(3, 16), f32(2, 8), f32(8), f32(2), ...graph.slice(1))).toThrow('must be i32 or u32');
});

it('an edge that counts m times gives what m equal edges do, and the sum of their gradients', async () => {
  const [nodes, edges, width, kinds] = [19, 120, 24, 11];
  const target = sampleIntegers([edges], 12, nodes).sort();
  const source = sampleIntegers([edges], 13, nodes);
  const ofEdge = sampleIntegers([edges], 14, kinds - 1);
  const multiplicity = sampleIntegers([edges], 15, 5).map((times) => times + 1);
  const once = Int32Array.from({ length: edges }, (_, e) => e);
  const repeated = Int32Array.from([...once].flatMap((e) => new Array<number>(multiplicity[e]!).fill(e)));
  const sorted = (ids: Int32Array): Int32Array =>
    Int32Array.from(ids.keys()).sort((a, b) => ids[a]! - ids[b]! || a - b);
  const run = (rows: Int32Array, byKind: boolean) =>
    scoped(device, () => {
      const of = (values: Int32Array): Int32Array => rows.map((e) => values[e]!);
      const upload = (values: Int32Array): Tensor => tensor(device, values);
      const graph = {
        edgeSource: upload(of(source)),
        targetOffsets: upload(offsetsOf(of(target), nodes)),
        sourceOffsets: upload(offsetsOf(of(source), nodes)),
        sourceOrder: upload(sorted(of(source))),
      };
      const edgesByKind = {
        countedKind: upload(countedKinds(of(ofEdge), of(multiplicity))),
        offsets: upload(offsetsOf(of(ofEdge), kinds)),
        order: upload(sorted(of(ofEdge))),
      };
      const parts = [[nodes, 4 * width], [kinds, 2 * width], [2 * width]].map((shape, index) =>
        tensor(device, sampleUniform(shape, index, -2, 2), shape),
      );
      const { value, grads } = valueAndGrad(parts, ([n, e, b]) =>
        sum(
          square(
            byKind
              ? gatedConvolution(n!, e!, b!, graph, edgesByKind)
              : gatedConvolution(n!, gatherRows(e!, upload(of(ofEdge))), b!, graph),
          ),
        ),
      );
      return [value, ...grads];
    });
  const [ours, theirs] = [run(once, true), run(repeated, false)];
  const [found, expected] = [await readAll(ours), await readAll(theirs)];
  found.forEach((values, index) => {
    expect(firstMismatch(values, expected[index]!, { relative: 1e-5, ofLargest: 1e-6 })).toBeNull();
  });
  for (const each of [...ours, ...theirs]) each.dispose();
});
