import { empty, type Kernel, type Tensor, zeros } from '@bravais/tensor-core';
import { forwardKernel, gradientKernel, nodeGradientKernel } from './kernels';

const WORKGROUP = 64;

/** What z is made of; shapes as in the op. */
export interface EdgeTerms {
  readonly nodePart: Tensor;
  readonly edgePart: Tensor;
  readonly edgeSource: Tensor;
  readonly edgeTarget: Tensor;
}

/** The edges of each node, in both directions. */
export interface EdgesOfNodes {
  readonly targetOffsets: Tensor;
  readonly sourceOffsets: Tensor;
  readonly sourceOrder: Tensor;
}

/** SiLU(z), `[E, W]`. */
export function edgeActivationForward(terms: EdgeTerms): Tensor {
  const { edgePart } = terms;
  const activated = empty(edgePart.device, edgePart.shape, 'f32', 'edgeActivation');
  launch(forwardKernel, terms, edgePart.size, [...tensorsOf(terms), activated]);
  return activated;
}

/** dL/dz `[E, W]` from dL/dy `[E, W]`. */
export function edgeActivationVjp(terms: EdgeTerms, grad: Tensor): Tensor {
  const edgeGrad = empty(grad.device, grad.shape, 'f32', 'edgeActivation edge gradient');
  launch(gradientKernel, terms, grad.size, [...tensorsOf(terms), grad, edgeGrad]);
  return edgeGrad;
}

/** The gradient of the node part, `[N, 2W]`, from dL/dz `[E, W]`. */
export function edgeActivationNodeVjp(
  terms: EdgeTerms,
  { targetOffsets, sourceOffsets, sourceOrder }: EdgesOfNodes,
  edgeGrad: Tensor,
): Tensor {
  const { nodePart } = terms;
  if (edgeGrad.size === 0) return zeros(nodePart.device, nodePart.shape);
  const nodeGrad = empty(nodePart.device, nodePart.shape, 'f32', 'edgeActivation node gradient');
  const tensors = [edgeGrad, targetOffsets, sourceOffsets, sourceOrder, nodeGrad];
  launch(nodeGradientKernel, terms, nodeGrad.size, tensors);
  return nodeGrad;
}

function tensorsOf({ nodePart, edgePart, edgeSource, edgeTarget }: EdgeTerms): Tensor[] {
  return [nodePart, edgePart, edgeSource, edgeTarget];
}

/** One lane for each four of `count` features. */
function launch(
  kernel: Kernel,
  { nodePart, edgePart }: EdgeTerms,
  count: number,
  tensors: readonly Tensor[],
): void {
  if (count === 0) return;
  const [edges, width] = edgePart.shape as [number, number];
  nodePart.device.launch({
    kernel,
    bindings: tensors.map(({ binding }) => binding),
    params: [nodePart.shape[0]!, edges, width / 4],
    groups: Math.ceil(count / 4 / WORKGROUP),
  });
}
