import { type Device, mean, readAll, scoped, square, tensor, valueAndGrad } from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import {
  batchGraphs,
  crystalGraph,
  type GraphBatch,
  type GraphTensors,
  graphArrays,
  uploadGraphs,
} from '../batch';
import { prototypes } from '../graph/testing';
import { type CgcnnConvolution, cgcnnConvolution, initCgcnnConvolution } from './cgcnn-convolution';
import { gaussianBasis, gaussianExpansion } from './gaussian-expansion';
import { type RadialFeatures, radialFeatures } from './radial-features';

const [W, K] = [8, 5];

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

it('expands distances in Gaussians on an even grid', async () => {
  const distances = [0, 0.6, 2.2, 7.9, 12];
  const { rows, columns } = scoped(device, () =>
    gaussianExpansion(tensor(device, distances), gaussianBasis(device, 41, 8)),
  );
  expect([rows.shape, columns.shape]).toEqual([
    [5, 41],
    [41, 5],
  ]);
  const expected = distances.flatMap((d) =>
    Array.from({ length: 41 }, (_, k) => Math.exp(-(((d - 0.2 * k) / 0.2) ** 2))),
  );
  const [byRow, byColumn] = await readAll([rows, columns]);
  expect(firstMismatch(byRow!, expected, { relative: 1e-4, ofLargest: 1e-6 })).toBeNull();
  expect(byColumn).toEqual(byRow!.map((_, i) => byRow![(i % 5) * 41 + Math.floor(i / 5)]!));
  rows.dispose();
  columns.dispose();
});

/** Å: reaches the bonds of the prototypes. */
const CUTOFF_ANGSTROM = 6;

/** Edge features as the convolution takes them. */
function featuresOf({ distance }: Pick<GraphTensors['kinds'], 'distance'>): RadialFeatures {
  return radialFeatures(distance, gaussianBasis(device, K, CUTOFF_ANGSTROM));
}

/** The Gaussians of each distance, in float64. */
function gaussians(edgeDistance: ArrayLike<number>): number[][] {
  const spacing = CUTOFF_ANGSTROM / (K - 1);
  return Array.from(edgeDistance, (d) =>
    Array.from({ length: K }, (_, k) => Math.exp(-((d / spacing - k) ** 2))),
  );
}

/** Host values of a parameter, of any precision. */
interface Values {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** y = W x + b row by row, in float64. */
function affine(x: readonly number[], { weight, bias }: { weight: Values; bias?: Values }): number[] {
  return Array.from({ length: weight.shape[0]! }, (_, o) =>
    x.reduce((sum, value, i) => sum + value * weight.values[o * x.length + i]!, bias?.values[o] ?? 0),
  );
}

/** The convolution written over single edges. */
function reference(
  initial: CgcnnConvolution<Values>,
  nodes: readonly number[][],
  features: readonly number[][],
  graph: GraphBatch,
): number[][] {
  const gathered = nodes.map(() => new Array<number>(W).fill(0));
  features.forEach((edge, e) => {
    const [i, j] = [graph.edgeTarget[e]!, graph.edgeSource[e]!];
    const parts = [
      affine(nodes[i]!, initial.target),
      affine(nodes[j]!, initial.source),
      affine(edge, initial.edge),
    ];
    const z = Array.from({ length: 2 * W }, (_, k) => parts.reduce((sum, part) => sum + part[k]!, 0));
    const times = graph.edgeMultiplicity[e]!;
    for (let k = 0; k < W; k++) {
      gathered[i]![k]! += (times * Math.log1p(Math.exp(z[k + W]!))) / (1 + Math.exp(-z[k]!));
    }
  });
  return nodes.map((x, i) => {
    const sum = gathered[i]!;
    const center = sum.reduce((a, b) => a + b) / W;
    const variance = sum.reduce((a, b) => a + (b - center) ** 2, 0) / W;
    return x.map((value, k) => Math.log1p(Math.exp(value + (sum[k]! - center) / Math.sqrt(variance + 1e-5))));
  });
}

it('the convolution on parts equals the convolution over single edges', async () => {
  const graph = batchGraphs(
    [prototypes.rockSalt, prototypes.perovskite].map((crystal) => crystalGraph(crystal, { neighbors: 6 })),
  );
  const initial = initCgcnnConvolution(key(3), W, K);
  const parameters = packParameters(device, initial).tree;
  const nodeValues = sampleUniform([graph.nodeCount, W], 1);
  const rows = (values: Float32Array, width: number): number[][] =>
    Array.from({ length: values.length / width }, (_, row) => [
      ...values.subarray(row * width, (row + 1) * width),
    ]);
  using output = scoped(device, () => {
    const tensors = uploadGraphs(device, graph);
    const nodes = tensor(device, nodeValues, [graph.nodeCount, W]);
    return cgcnnConvolution(parameters, nodes, featuresOf(tensors.kinds), tensors);
  });
  const expected = reference(initial, rows(nodeValues, W), gaussians(graph.edgeDistance), graph).flat();
  expect(firstMismatch(await output.read(), expected, { relative: 1e-4, ofLargest: 1e-5 })).toBeNull();
});

it('every parameter of the convolution gets a gradient, the same bits twice', async () => {
  const graph = batchGraphs([crystalGraph(prototypes.diamond), crystalGraph(prototypes.zinc)]);
  const parameters = packParameters(device, initCgcnnConvolution(key(4), W, K)).tree;
  const run = async (): Promise<Float32Array[]> => {
    const { grads, value } = scoped(device, () => {
      const tensors = uploadGraphs(device, graph);
      const nodes = tensor(device, sampleUniform([graph.nodeCount, W], 5), [graph.nodeCount, W]);
      return valueAndGrad(parameters, (tree) =>
        mean(square(cgcnnConvolution(tree, nodes, featuresOf(tensors.kinds), tensors))),
      );
    });
    value.dispose();
    const all = [
      grads.target.weight,
      grads.source.weight,
      grads.edge.weight,
      grads.edge.bias,
      grads.norm.weight,
      grads.norm.bias,
    ];
    return Promise.all(all.map(async (gradient) => (await gradient.read()) as Float32Array));
  };
  const first = await run();
  for (const gradient of first) expect(gradient.some((value) => value !== 0)).toBe(true);
  expect(await run()).toEqual(first);
});

it('the gradient of the convolution is the slope of the convolution over single edges', async () => {
  const graph = batchGraphs([crystalGraph(prototypes.rockSalt, { neighbors: 6 })]);
  const initial = initCgcnnConvolution(key(5), W, K);
  const nodeValues = sampleUniform([graph.nodeCount, W], 7);
  const rows = (values: readonly number[], width: number): number[][] =>
    Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
  const parameters = packParameters(device, initial).tree;
  const { kinds } = graphArrays(graph);
  const { grads } = scoped(device, () => {
    const all = {
      parameters,
      nodes: tensor(device, nodeValues, [graph.nodeCount, W]),
      distance: tensor(device, kinds.distance),
    };
    const tensors = uploadGraphs(device, graph);
    return valueAndGrad(all, (tree) => {
      const features = featuresOf(tree);
      return mean(square(cgcnnConvolution(tree.parameters, tree.nodes, features, tensors)));
    });
  });
  const moved = (values: ArrayLike<number>, direction: Float32Array, step: number): number[] =>
    Array.from(direction, (d, i) => values[i]! + step * d);
  const fromKinds = (distance: readonly number[]): number[] =>
    Array.from(kinds.ofEdge, (kind) => distance[kind]!);
  const loss = (step: number, [t, s, w, b, x, d]: Float32Array[]): number => {
    const at = ({ shape, values }: Values, direction: Float32Array): Values => ({
      shape,
      values: moved(values, direction, step),
    });
    const there = {
      ...initial,
      target: { weight: at(initial.target.weight, t!) },
      source: { weight: at(initial.source.weight, s!) },
      edge: { weight: at(initial.edge.weight, w!), bias: at(initial.edge.bias, b!) },
    };
    const output = reference(
      there,
      rows(moved(nodeValues, x!, step), W),
      gaussians(fromKinds(moved(kinds.distance, d!, step))),
      graph,
    ).flat();
    return output.reduce((total, value) => total + value * value, 0) / output.length;
  };
  const { target, source, edge } = grads.parameters;
  const gradients = [target.weight, source.weight, edge.weight, edge.bias, grads.nodes, grads.distance];
  for (const [moving, gradient] of gradients.entries()) {
    const directions = gradients.map(({ size }, index) =>
      index === moving ? sampleUniform([size], 20 + index, -1, 1) : new Float32Array(size),
    );
    const step = 1e-4;
    const slope = (loss(step, directions) - loss(-step, directions)) / (2 * step);
    const values = (await gradient.read()) as Float32Array;
    const found = values.reduce((total, value, i) => total + value * directions[moving]![i]!, 0);
    const size = Math.hypot(...values);
    expect(Math.abs(found - slope), `gradient ${moving}`).toBeLessThan(1e-5 * size);
  }
});
