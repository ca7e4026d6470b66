import { empty, type Tensor, zeros } from '@bravais/tensor-core';
import {
  forwardKernel,
  type GateKernel,
  slopesKernel,
  sourceGradientKernel,
  targetGradientKernel,
} from './kernels';

const WORKGROUP = 64;

/** What z is made of, and the edges into each node; shapes as in the op. */
export interface ConvolutionOperands {
  readonly nodePart: Tensor;
  readonly edgePart: Tensor;
  readonly bias: Tensor;
  readonly edgeSource: Tensor;
  readonly targetOffsets: Tensor;
}

/** The edges of each node, in both directions. */
export interface EdgesOfNodes {
  readonly targetOffsets: Tensor;
  readonly sourceOffsets: Tensor;
  readonly sourceOrder: Tensor;
}

/** Extents: N nodes, E edges, W features. */
interface Extents {
  readonly nodes: number;
  readonly edges: number;
  readonly width: number;
}

/** Sum of the gated messages into each node, `[N, W]`. */
export function gatedConvolutionForward(operands: ConvolutionOperands): Tensor {
  const { extents, tensors } = asKernelsTake(operands);
  const gathered = emptyNodes(operands, extents);
  if (extents.edges > 0) launch(forwardKernel, extents, 1, [...tensors, gathered]);
  return gathered;
}

/** The forward pass, and the slopes d message / dz `[E, 2W]`. */
export function gatedConvolutionWithSlopes(operands: ConvolutionOperands): {
  gathered: Tensor;
  slopes: Tensor;
} {
  const { extents, tensors } = asKernelsTake(operands);
  const gathered = emptyNodes(operands, extents);
  const slopes = empty(gathered.device, operands.edgePart.shape, 'f32', 'gatedConvolution slopes');
  if (extents.edges > 0) launch(slopesKernel, extents, 1, [...tensors, gathered, slopes]);
  return { gathered, slopes };
}

/** dL/dz `[E, 2W]` and the gradient of the node part `[N, 4W]`, from the slopes and dL/d(output) `[N, W]`. */
export function gatedConvolutionGradients(
  slopes: Tensor,
  { targetOffsets, sourceOffsets, sourceOrder }: EdgesOfNodes,
  grad: Tensor,
): { edgeGrad: Tensor; nodeGrad: Tensor } {
  const { device } = grad;
  const [nodes, width] = grad.shape as [number, number];
  const extents = { nodes, edges: slopes.shape[0]!, width };
  if (nodes * extents.edges === 0) {
    return { edgeGrad: zeros(device, slopes.shape), nodeGrad: zeros(device, [nodes, 4 * width]) };
  }
  const edgeGrad = empty(device, slopes.shape, 'f32', 'gatedConvolution edge gradient');
  const nodeGrad = empty(device, [nodes, 4 * width], 'f32', 'gatedConvolution node gradient');
  launch(targetGradientKernel, extents, 1, [slopes, targetOffsets, grad, edgeGrad, nodeGrad]);
  launch(sourceGradientKernel, extents, 2, [edgeGrad, sourceOrder, sourceOffsets, nodeGrad]);
  return { edgeGrad, nodeGrad };
}

function asKernelsTake({ nodePart, edgePart, bias, edgeSource, targetOffsets }: ConvolutionOperands): {
  extents: Extents;
  tensors: readonly Tensor[];
} {
  const [nodes, row] = nodePart.shape as [number, number];
  return {
    extents: { nodes, edges: edgePart.shape[0]!, width: row / 4 },
    tensors: [nodePart, edgePart, bias, edgeSource, targetOffsets],
  };
}

/** Room for the output; without edges, its value. */
function emptyNodes({ nodePart: { device } }: ConvolutionOperands, { nodes, edges, width }: Extents): Tensor {
  return edges === 0
    ? zeros(device, [nodes, width])
    : empty(device, [nodes, width], 'f32', 'gatedConvolution');
}

/** One lane for each node and group of features, in rows of `widths` W. */
function launch(
  kernel: GateKernel,
  { nodes, edges, width }: Extents,
  widths: number,
  tensors: readonly Tensor[],
): void {
  const features = width % 8 === 0 ? 8 : 4;
  const groups = width / features;
  tensors[0]!.device.launch({
    kernel: features === 8 ? kernel.octet : kernel.quad,
    bindings: tensors.map(({ binding }) => binding),
    params: [nodes, edges, groups],
    groups: Math.ceil((nodes * widths * groups) / WORKGROUP),
  });
}
