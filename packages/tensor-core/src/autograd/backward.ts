import { TensorError } from '../errors';
import { sameShape, showShape } from '../shape';
import type { GradNode, Tensor } from '../tensor/tensor';
import { LeafNode, OpNode } from './apply';

/** Adds two gradients of the same shape; passed in so that autograd does not depend on any op. */
export type AddGradients = (a: Tensor, b: Tensor) => Tensor;

/**
 * dL/d(leaf) for every leaf that `loss` depends on, by one walk against the order of computation.
 *
 * @param seed dL/d(loss), of the loss's shape
 */
export function backward(loss: GradNode, seed: Tensor, add: AddGradients): Map<LeafNode, Tensor> {
  const grads = new Map<GradNode, Tensor>([[loss, seed]]);
  const leaves = new Map<LeafNode, Tensor>();
  for (const node of reverseOrder(loss)) {
    const grad = grads.get(node);
    if (!grad) continue;
    grads.delete(node);
    if (node instanceof LeafNode) {
      leaves.set(node, grad);
      continue;
    }
    if (!(node instanceof OpNode)) continue;
    const parentGrads = node.pullback(grad);
    node.parents.forEach((parent, index) => {
      const contribution = parentGrads[index];
      if (!parent || !contribution) return;
      const sum = grads.get(parent);
      if (sum && !sameShape(sum.shape, contribution.shape)) {
        throw new TensorError(
          'SHAPE',
          `${node.opName}: its gradient has shape ${showShape(contribution.shape)}, expected ${showShape(sum.shape)}.`,
        );
      }
      grads.set(parent, sum ? add(sum, contribution) : contribution);
    });
  }
  return leaves;
}

/** Nodes such that each comes before everything it was computed from. Iterative: graphs are deep. */
function reverseOrder(root: GradNode): GradNode[] {
  const order: GradNode[] = [];
  const seen = new Set<GradNode>([root]);
  const stack: { node: GradNode; next: number }[] = [{ node: root, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    if (top.next === top.node.parents.length) {
      order.push(top.node);
      stack.pop();
      continue;
    }
    const parent = top.node.parents[top.next++];
    if (parent && !seen.has(parent)) {
      seen.add(parent);
      stack.push({ node: parent, next: 0 });
    }
  }
  return order.reverse();
}
