import { empty, type Tensor, zeros } from '@bravais/tensor-core';
import {
  edgeSumsKernel,
  forwardKernel,
  type GateKernel,
  slopesKernel,
  targetGradientKernel,
} from './kernels';

const WORKGROUP = 64;

/** Edges of K kinds; those of one kind share a row of the edge part. */
export interface EdgeKinds {
  /** i32 `[E]`: kind + 2²⁴ · multiplicity, the number of equal edges that each stands for (at most 127). */
  readonly countedKind: Tensor;
  /** i32 `[K + 1]`: edges by kind, as positions in `order`. */
  readonly offsets: Tensor;
  /** i32 `[E]`: edge numbers sorted by kind. */
  readonly order: Tensor;
}

/** What z is made of, and the edges into each node; shapes as in the op. */
export interface ConvolutionOperands {
  readonly nodePart: Tensor;
  readonly edgePart: Tensor;
  readonly bias: Tensor;
  readonly edgeSource: Tensor;
  readonly targetOffsets: Tensor;
  /** `null` where every edge has a row of its own. */
  readonly kinds: EdgeKinds | null;
}

/** The edges of each node, in both directions, and of each kind. */
export interface EdgesOfNodes {
  readonly targetOffsets: Tensor;
  readonly sourceOffsets: Tensor;
  readonly sourceOrder: Tensor;
  readonly kinds: EdgeKinds | null;
}

/** Extents: N nodes, E edges, W features. */
interface Extents {
  readonly nodes: number;
  readonly edges: number;
  readonly width: number;
}

/** Sum of the gated messages into each node, `[N, W]`. */
export function gatedConvolutionForward(operands: ConvolutionOperands): Tensor {
  const extents = extentsOf(operands);
  const gathered = emptyNodes(operands, extents);
  if (extents.edges > 0) launchTerms(forwardKernel, extents, operands, [gathered]);
  return gathered;
}

/** The forward pass, and the slopes m d message / dz `[E, 2W]`, m the multiplicity. */
export function gatedConvolutionWithSlopes(operands: ConvolutionOperands): {
  gathered: Tensor;
  slopes: Tensor;
} {
  const extents = extentsOf(operands);
  const { edges, width } = extents;
  const gathered = emptyNodes(operands, extents);
  const slopes = empty(gathered.device, [edges, 2 * width], 'f32', 'gatedConvolution slopes');
  if (edges > 0) launchTerms(slopesKernel, extents, operands, [gathered, slopes]);
  return { gathered, slopes };
}

/**
 * Gradients of the edge part, `[E, 2W]` or `[K, 2W]`, and of the node part `[N, 4W]`, from the slopes and dL/d(output)
 * `[N, W]`.
 */
export function gatedConvolutionGradients(
  slopes: Tensor,
  { targetOffsets, sourceOffsets, sourceOrder, kinds }: EdgesOfNodes,
  grad: Tensor,
): { edgeGrad: Tensor; nodeGrad: Tensor } {
  const { device } = grad;
  const [nodes, width] = grad.shape as [number, number];
  const extents = { nodes, edges: slopes.shape[0]!, width };
  const rows = kinds ? kinds.offsets.size - 1 : extents.edges;
  if (nodes * extents.edges === 0) {
    return { edgeGrad: zeros(device, [rows, 2 * width]), nodeGrad: zeros(device, [nodes, 4 * width]) };
  }
  const zGrad = empty(device, slopes.shape, 'f32', 'gatedConvolution z gradient');
  const nodeGrad = empty(device, [nodes, 4 * width], 'f32', 'gatedConvolution node gradient');
  launch(targetGradientKernel, extents, [slopes, targetOffsets, grad, zGrad, nodeGrad], {
    segments: nodes,
    widths: 1,
  });
  // The second half of each row of [target, source].
  launch(edgeSumsKernel, extents, [zGrad, sourceOrder, sourceOffsets, nodeGrad], {
    ...{ segments: nodes, widths: 2 },
    ...{ rowStride: 2, firstRow: 1 },
  });
  if (!kinds) return { edgeGrad: zGrad, nodeGrad };
  const edgeGrad = empty(device, [rows, 2 * width], 'f32', 'gatedConvolution edge gradient');
  launch(edgeSumsKernel, extents, [zGrad, kinds.order, kinds.offsets, edgeGrad], {
    ...{ segments: rows, widths: 2 },
    ...{ rowStride: 1, firstRow: 0 },
  });
  zGrad.dispose();
  return { edgeGrad, nodeGrad };
}

function extentsOf({ nodePart, edgeSource }: ConvolutionOperands): Extents {
  const [nodes, row] = nodePart.shape as [number, number];
  return { nodes, edges: edgeSource.size, width: row / 4 };
}

/** Room for the output; without edges, its value. */
function emptyNodes({ nodePart: { device } }: ConvolutionOperands, { nodes, edges, width }: Extents): Tensor {
  return edges === 0
    ? zeros(device, [nodes, width])
    : empty(device, [nodes, width], 'f32', 'gatedConvolution');
}

/** A kernel that makes z, in rows of W. */
function launchTerms(
  kernel: GateKernel,
  extents: Extents,
  { nodePart, edgePart, bias, edgeSource, targetOffsets, kinds }: ConvolutionOperands,
  outputs: readonly Tensor[],
): void {
  const terms = [nodePart, edgePart, bias, edgeSource, targetOffsets, kinds?.countedKind ?? edgeSource];
  launch(
    kernel,
    extents,
    [...terms, ...outputs],
    { segments: extents.nodes, widths: 1 },
    { BY_KIND: kinds ? 1 : 0 },
  );
}

/** What the lanes of a launch work on: one for each segment and group of features, in rows of `widths` W. */
interface Lanes {
  readonly segments: number;
  readonly widths: number;
  readonly rowStride?: number;
  readonly firstRow?: number;
}

function launch(
  kernel: GateKernel,
  { edges, width }: Extents,
  tensors: readonly Tensor[],
  { segments, widths, rowStride = 0, firstRow = 0 }: Lanes,
  constants: Readonly<Record<string, number>> = {},
): void {
  const features = width % 8 === 0 ? 8 : 4;
  const groups = width / features;
  tensors[0]!.device.launch({
    kernel: features === 8 ? kernel.octet : kernel.quad,
    constants,
    bindings: tensors.map(({ binding }) => binding),
    params: [segments, edges, groups, rowStride, firstRow],
    groups: Math.ceil((segments * widths * groups) / WORKGROUP),
  });
}
