import { apply, defineOp, type Op, sum, type Tensor } from '@bravais/tensor-core';
import type { GraphTensors } from '../../batch/graph-tensors';
import {
  type ConvolutionOperands,
  type EdgeKinds,
  gatedConvolutionForward,
  gatedConvolutionGradients,
  gatedConvolutionWithSlopes,
} from './forward';
import { convolutionShape } from './shape';

export type { EdgeKinds } from './forward';

/** Attributes of {@link gatedConvolutionOp}. */
export interface GatedConvolutionAttrs {
  /** Keeps the slopes of the gate, `[E, 2W]`, for the gradient; without them the gradient makes them anew. */
  readonly keepSlopes: boolean;
}

/**
 * Inputs in order: node part, edge part and bias; the graph's sources, target and source offsets and source order; where edges
 * share rows, the kinds of edges with their multiplicities, the kinds' offsets and order.
 */
export const gatedConvolutionOp: Op<GatedConvolutionAttrs> = defineOp({
  name: 'gatedConvolution',
  shape: (inputs) => convolutionShape(inputs),
  forward(inputs, { keepSlopes }) {
    if (!keepSlopes) return { output: gatedConvolutionForward(operandsOf(inputs)) };
    const { gathered, slopes } = gatedConvolutionWithSlopes(operandsOf(inputs));
    return { output: gathered, saved: [slopes] };
  },
  vjp({ inputs, saved, needs }, grad) {
    const [, , bias, , targetOffsets, sourceOffsets, sourceOrder] = inputs as [...Seven];
    const slopes = saved[0] ?? gatedConvolutionWithSlopes(operandsOf(inputs)).slopes;
    const kinds = kindsOf(inputs);
    const { edgeGrad, nodeGrad } = gatedConvolutionGradients(
      slopes,
      { targetOffsets, sourceOffsets, sourceOrder, kinds },
      grad,
    );
    // Every edge ends in one node: the sum over edges is the sum over nodes of the target part, the first half of a row.
    const biasGrad = needs[2] ? sum(nodeGrad, 0).view(bias.shape) : null;
    return [nodeGrad, edgeGrad, biasGrad, ...inputs.slice(3).map(() => null)];
  },
});

type Seven = readonly [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];

function operandsOf(inputs: readonly Tensor[]): ConvolutionOperands {
  const [nodePart, edgePart, bias, edgeSource, targetOffsets] = inputs as [...Seven];
  return { nodePart, edgePart, bias, edgeSource, targetOffsets, kinds: kindsOf(inputs) };
}

function kindsOf(inputs: readonly Tensor[]): EdgeKinds | null {
  const [countedKind, offsets, order] = inputs.slice(7);
  return countedKind && offsets && order ? { countedKind, offsets, order } : null;
}

/**
 * y_i = Σ_e m_e σ(g_e) ⊙ softplus(c_e) over the edges e = (j → i), with [g_e, c_e] = t_i + s_j + u_e + b: gather, gate and
 * segment sum of the crystal graph convolution in one launch, without a message in memory. With kinds of edges, u_e is the
 * row of e's kind and m_e the number of equal edges that e stands for; without, m_e = 1.
 *
 * A node without edges gets 0. Where a gradient will be wanted, the slopes of the gate `[E, 2W]` are kept; it then takes
 * two launches, three with kinds, and sums over the edges by their CSR orders, so it repeats bit for bit. Edges that
 * `targetOffsets` leaves out get the gradient 0.
 *
 * Source: Xie and Grossman, Phys. Rev. Lett. 120, 145301 (2018), equation 5.
 *
 * @param nodePart f32 `[N, 4W]`, rows [t, s]: what a node says as the target and as the source of edges; W a
 * multiple of 4, fastest where it is one of 8
 * @param edgePart f32 `[E, 2W]`, rows u = [gate, core], or `[K, 2W]` for K kinds of edges
 * @param bias f32 `[2W]`
 * @param kinds which edges share a row of the edge part; `null` where each has its own
 * @returns f32 `[N, W]`
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const nodePart = matmul(nodes, nodeWeight, { transposeB: true }); // [N, W] x [4W, W] -> [N, 4W]
 * const edgePart = matmul(edgeFeatures, edgeWeight, { transposeB: true }); // [E, K] x [2W, K] -> [E, 2W]
 * const gathered = gatedConvolution(nodePart, edgePart, bias, graph);
 * ```
 */
export function gatedConvolution(
  nodePart: Tensor,
  edgePart: Tensor,
  bias: Tensor,
  graph: Pick<GraphTensors, 'edgeSource' | 'targetOffsets' | 'sourceOffsets' | 'sourceOrder'>,
  kinds: EdgeKinds | null = null,
): Tensor {
  const { edgeSource, targetOffsets, sourceOffsets, sourceOrder } = graph;
  const inputs = [
    ...[nodePart, edgePart, bias, edgeSource, targetOffsets, sourceOffsets, sourceOrder],
    ...(kinds ? [kinds.countedKind, kinds.offsets, kinds.order] : []),
  ];
  return apply(gatedConvolutionOp, inputs, { keepSlopes: inputs.some(({ node }) => node !== null) });
}
