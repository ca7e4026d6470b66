import { gatedConvolution } from '@bravais/graph-nn';
import {
  abs,
  add,
  type Device,
  fuse,
  matmul,
  mean,
  permute,
  reshape,
  square,
  sum,
  tensor,
  valueAndGrad,
} from '@bravais/tensor-core';
import type { GraphInputs } from '../workloads/sized-inputs';
import type { WorkloadRun } from '../workloads/time-workloads';
import { compressedRows } from './compressed-rows';
import { capturedRun, upload } from './on-device';

const squaredSum = fuse((x, y) => square(add(x, y)), 'squared sum');

/**
 * o = x + Σ_e σ(g_e) softplus(c_e), [g, c] = [x_target, x_source, e] W + b, with the gradients of mean(o²) for x, e, W and b;
 * mean(o²) + Σ|dx|. The orders of the edges are made once, as for a batch in training.
 */
export function crystalConvolution(device: Device, host: GraphInputs): WorkloadRun {
  const [nodes, width] = host.x.shape as [number, number];
  // W by blocks of rows: those for the two ends of an edge, and those for its own features.
  const weight = upload(device, host.w);
  const parameters = {
    x: upload(device, host.x),
    e: upload(device, host.e),
    ends: weight.view([2, width, 2 * width]),
    edge: weight.view([width, 2 * width], null, 2 * width * 2 * width * 4),
    bias: upload(device, host.b),
  };
  const byTarget = compressedRows(host.target.values, nodes);
  const bySource = compressedRows(host.source.values, nodes);
  const graph = {
    edgeSource: upload(device, host.source),
    targetOffsets: tensor(device, byTarget.offsets),
    sourceOffsets: tensor(device, bySource.offsets),
    sourceOrder: tensor(device, bySource.order),
  };
  return capturedRun(device, () => {
    const { value, grads } = valueAndGrad(parameters, ({ x, e, ends, edge, bias }) => {
      const endsOfNode = reshape(permute(ends, [1, 0, 2]), [width, 4 * width]);
      const received = gatedConvolution(matmul(x, endsOfNode), matmul(e, edge), bias, graph);
      return mean(squaredSum(x, received));
    });
    return add(value, sum(abs(grads.x)));
  });
}
