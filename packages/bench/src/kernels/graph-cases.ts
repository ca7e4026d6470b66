import { gatedConvolutionOp } from '@bravais/graph-nn';
import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { compressedRows } from '../ours/compressed-rows';
import { uniform } from '../workloads/host-tensor';
import { CONSTANTS, inputs } from '../workloads/inputs';
import { forwardCase, gradientCase, type KernelCase } from './kernel-case';

/** Operations of one gated message and of its slopes, counted as one for each function and each product. */
const FORWARD_FLOPS = 12;
const GRADIENT_FLOPS = 8;

/** The crystal graph convolution between its two products: gather, gate and segment sum. */
export function graphCases(): KernelCase[] {
  const { nodes, edges, width } = CONSTANTS;
  const read = 4 * (nodes * 4 * width + edges * 2 * width + edges + nodes);
  const shape = `${edges} edges of ${width}`;
  const forward = {
    name: `gated convolution, ${shape}`,
    flops: FORWARD_FLOPS * edges * width,
    bytes: read + 4 * nodes * width,
  };
  const gradient = {
    name: `gated convolution gradient, ${shape}`,
    flops: GRADIENT_FLOPS * edges * width,
    bytes: 4 * (2 * edges * 2 * width + 2 * edges + 2 * nodes + nodes * width + nodes * 4 * width),
  };
  return [
    forwardCase(forward, gatedConvolutionOp, { keepSlopes: false }, operands),
    gradientCase(gradient, gatedConvolutionOp, { keepSlopes: true }, operands),
  ];
}

function operands(device: Device): Tensor[] {
  const { source, target } = inputs.cgcnn_fwdbwd();
  const { nodes, edges, width } = CONSTANTS;
  const floats = (shape: readonly number[], seed: number): Tensor =>
    tensor(device, uniform(shape, seed).values, shape);
  const byTarget = compressedRows(target.values, nodes);
  const bySource = compressedRows(source.values, nodes);
  return [
    floats([nodes, 4 * width], 1),
    floats([edges, 2 * width], 2),
    floats([2 * width], 3),
    tensor(device, source.values),
    tensor(device, byTarget.offsets),
    tensor(device, bySource.offsets),
    tensor(device, bySource.order),
  ];
}
