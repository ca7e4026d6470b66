import { apply, defineOp, type Op, type Tensor } from '@bravais/tensor-core';
import type { EdgeArrays } from '../../batch/graph-tensors';
import {
  type EdgesOfNodes,
  type EdgeTerms,
  edgeActivationForward,
  edgeActivationNodeVjp,
  edgeActivationVjp,
} from './forward';
import { edgeActivationShape } from './shape';

/** Inputs in order: node part, edge part, edgeSource, edgeTarget, targetOffsets, sourceOffsets, sourceOrder. */
export const edgeActivationOp: Op<null> = defineOp({
  name: 'edgeActivation',
  shape: (inputs) => edgeActivationShape(inputs),
  forward: (inputs) => ({ output: edgeActivationForward(termsOf(inputs)) }),
  vjp({ inputs, needs }, grad) {
    const terms = termsOf(inputs);
    const edgeGrad = edgeActivationVjp(terms, grad);
    const nodeGrad = needs[0] ? edgeActivationNodeVjp(terms, edgesOf(inputs), edgeGrad) : null;
    return [nodeGrad, needs[1] ? edgeGrad : null, null, null, null, null, null];
  },
});

function termsOf(inputs: readonly Tensor[]): EdgeTerms {
  const [nodePart, edgePart, edgeSource, edgeTarget] = inputs as [Tensor, Tensor, Tensor, Tensor];
  return { nodePart, edgePart, edgeSource, edgeTarget };
}

function edgesOf(inputs: readonly Tensor[]): EdgesOfNodes {
  const [targetOffsets, sourceOffsets, sourceOrder] = inputs.slice(4) as [Tensor, Tensor, Tensor];
  return { targetOffsets, sourceOffsets, sourceOrder };
}

/**
 * y_e = SiLU(t_i + s_j + u_e) for each edge e = (j → i): the first layer of an MLP over (x_i, x_j, e), whose weights have
 * acted on nodes and edges apart.
 *
 * One kernel forward and two backward; neither the gathered rows of nodes nor their gradients are stored. Sums over edges run
 * over sorted rows, so results repeat bit for bit.
 *
 * @param nodePart f32 `[N, 2W]`: t and s of every node side by side, W a multiple of 4
 * @param edgePart f32 `[E, W]`: u, with the bias in it
 * @returns f32 `[E, W]`
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const nodePart = matmul(nodes, stackedRows(target.weight, source.weight), { transposeB: true });
 * const hidden = edgeActivation(nodePart, linear(edge, edges), graph); // [N, 2W], [E, W] -> [E, W]
 * ```
 */
export function edgeActivation(nodePart: Tensor, edgePart: Tensor, graph: EdgeArrays<Tensor>): Tensor {
  const { edgeSource, edgeTarget, targetOffsets, sourceOffsets, sourceOrder } = graph;
  const indices = [edgeSource, edgeTarget, targetOffsets, sourceOffsets, sourceOrder];
  return apply(edgeActivationOp, [nodePart, edgePart, ...indices], null);
}
