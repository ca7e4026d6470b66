import { scoped, sum, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { sampleIntegers, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { bench, describe } from 'vitest';
import { gatedConvolution } from '.';

const device = await testDevice();

/** Parts and indices of a graph in which every node has `degree` edges, from nodes anywhere. */
function convolution(nodes: number, degree: number, width: number) {
  const edges = nodes * degree;
  const source = sampleIntegers([edges], 1, nodes);
  const order = Int32Array.from(source.keys()).sort((a, b) => source[a]! - source[b]! || a - b);
  const counts = new Int32Array(nodes + 1);
  for (const id of source) counts[id + 1]!++;
  for (let n = 0; n < nodes; n++) counts[n + 1]! += counts[n]!;
  const uniform = (shape: number[], seed: number): Tensor =>
    tensor(device, sampleUniform(shape, seed), shape);
  return {
    parts: {
      node: uniform([nodes, 4 * width], 2),
      edge: uniform([edges, 2 * width], 3),
      bias: uniform([2 * width], 4),
    },
    graph: {
      edgeSource: tensor(device, source),
      targetOffsets: tensor(
        device,
        Int32Array.from({ length: nodes + 1 }, (_, n) => n * degree),
      ),
      sourceOffsets: tensor(device, counts),
      sourceOrder: tensor(device, order),
    },
  };
}

describe(`gated convolution on ${device.adapter.description}`, () => {
  const shapes = [
    [2000, 10, 64],
    [1100, 12, 64],
    [3100, 12, 96],
    [1100, 12, 20],
  ] as const;
  for (const [nodes, degree, width] of shapes) {
    const { parts, graph } = convolution(nodes, degree, width);
    const name = `${nodes} nodes, ${nodes * degree} edges, width ${width}`;
    const works = {
      forward: () => gatedConvolution(parts.node, parts.edge, parts.bias, graph),
      'forward and backward': () =>
        valueAndGrad(parts, ({ node, edge, bias }) => sum(gatedConvolution(node, edge, bias, graph))).value,
    };
    for (const [direction, work] of Object.entries(works)) {
      bench(
        `${name}: ${direction}`,
        async () => {
          scoped(device, work).dispose();
          await device.synchronize();
        },
        { time: 200, warmupTime: 50 },
      );
    }
  }
});
