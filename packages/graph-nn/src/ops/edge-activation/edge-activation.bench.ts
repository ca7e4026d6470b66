import { scoped, sum, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { sampleIntegers, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { bench, describe } from 'vitest';
import { batchGraphs, uploadGraphs } from '../../batch';
import { edgeActivation } from '.';

const device = await testDevice();

/** A graph in which every node has `degree` edges, from nodes anywhere. */
function graphOf(nodes: number, degree: number) {
  const edges = nodes * degree;
  const graph = {
    volumeAngstrom3: nodes,
    atomicNumbers: new Uint8Array(nodes).fill(14),
    edgeSource: sampleIntegers([edges], 1, nodes),
    edgeDistance: sampleUniform([edges], 2, 2, 4),
    targetOffsets: Int32Array.from({ length: nodes + 1 }, (_, node) => node * degree),
  };
  return uploadGraphs(device, batchGraphs([graph]));
}

describe(`edge activation on ${device.adapter.description}`, () => {
  for (const [nodes, degree, width] of [
    [1700, 17, 64],
    [1700, 17, 128],
  ] as const) {
    const graph = graphOf(nodes, degree);
    const uniform = (rows: number, columns: number): Tensor =>
      tensor(device, sampleUniform([rows, columns], 3), [rows, columns]);
    const parts = { node: uniform(nodes, 2 * width), edge: uniform(nodes * degree, width) };
    const works = {
      forward: () => edgeActivation(parts.node, parts.edge, graph),
      'forward and backward': () =>
        valueAndGrad(parts, ({ node, edge }) => sum(edgeActivation(node, edge, graph))).value,
    };
    for (const [direction, work] of Object.entries(works)) {
      bench(
        `${nodes} nodes, ${nodes * degree} edges, width ${width}: ${direction}`,
        async () => {
          scoped(device, work).dispose();
          await device.synchronize();
        },
        { time: 200, warmupTime: 50 },
      );
    }
  }
});
