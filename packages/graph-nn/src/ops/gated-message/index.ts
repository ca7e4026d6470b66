import {
  apply,
  defineOp,
  type Op,
  segmentSum,
  showShape,
  type Tensor,
  TensorError,
  type TensorSpec,
} from '@bravais/tensor-core';
import type { GraphTensors } from '../../batch/graph-tensors';
import { gatedMessageForward, gatedMessageGradient, type MessageOperands } from './forward';

/** Inputs in order: target, source and edge parts; then the graph's index tensors. */
export const gatedMessageOp: Op<null> = defineOp({
  name: 'gatedMessage',
  shape(inputs) {
    const [target, source, edge] = inputs as [TensorSpec, TensorSpec, TensorSpec];
    const wide = edge.shape[1] ?? 0;
    const shapes = [target, source, edge].map(({ shape }) => showShape(shape)).join(', ');
    if (edge.shape.length !== 2 || target.shape[1] !== wide || source.shape[1] !== wide) {
      throw new TensorError(
        'SHAPE',
        `gatedMessage: expected parts of equal width [N, 2W], [N, 2W], [E, 2W], got ${shapes}.`,
      );
    }
    if (wide % 8 !== 0) {
      throw new TensorError(
        'SHAPE',
        `gatedMessage: the width W must be a multiple of 4, got ${shapes}. Pad the features.`,
      );
    }
    return { dtype: 'f32', shape: [edge.shape[0]!, wide / 2] };
  },
  forward(inputs) {
    return { output: gatedMessageForward(operandsOf(inputs)) };
  },
  vjp({ inputs }, grad) {
    const [, , , , , targetOffsets, sourceOffsets, sourceOrder] = inputs;
    const zGrad = gatedMessageGradient(operandsOf(inputs), grad);
    const targetGrad = segmentSum(zGrad, targetOffsets!);
    const sourceGrad = segmentSum(zGrad, sourceOffsets!, { order: sourceOrder! });
    return [targetGrad, sourceGrad, zGrad, null, null, null, null, null];
  },
});

function operandsOf(inputs: readonly Tensor[]): MessageOperands {
  const [targetPart, sourcePart, edgePart, targetOf, sourceOf] = inputs as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  return { targetPart, sourcePart, edgePart, targetOf, sourceOf };
}

/**
 * m_e = σ(g_e) ⊙ softplus(c_e) with [g_e, c_e] = t_target(e) + s_source(e) + u_e, in one launch.
 *
 * Shapes: node parts t and s `[N, 2W]`, edge part u `[E, 2W]`, messages `[E, W]`; W a multiple of 4. The
 * gradient for the nodes sums over edges by the graph's CSR orders, so it repeats bit for bit.
 *
 * @throws {TensorError} `SHAPE`
 */
export function gatedMessage(
  targetPart: Tensor,
  sourcePart: Tensor,
  edgePart: Tensor,
  graph: GraphTensors,
): Tensor {
  const { edgeTarget, edgeSource, targetOffsets, sourceOffsets, sourceOrder } = graph;
  return apply(
    gatedMessageOp,
    [targetPart, sourcePart, edgePart, edgeTarget, edgeSource, targetOffsets, sourceOffsets, sourceOrder],
    null,
  );
}
