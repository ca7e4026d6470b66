import type { Device } from '../device';
import { TensorError } from '../errors';
import { scoped, tensorsIn } from '../tensor/scope';
import type { GradNode, Tensor } from '../tensor/tensor';
import { nextOrder } from './apply';
import { CheckpointNode } from './checkpoint-node';

/**
 * f, but its intermediate tensors are let go of and computed anew for the gradient: less memory for one more
 * forward pass.
 *
 * Values and gradients have the bits of f itself. f must give the same result each time it is called with the
 * same arguments, so dropout in it takes its key from outside; tensors that it uses, as arguments or by closure,
 * must live and stay unchanged until the gradient has been taken. Checkpoints may nest.
 *
 * Source: T. Chen, B. Xu, C. Zhang, C. Guestrin, "Training deep nets with sublinear memory cost", arXiv 1604.06174.
 *
 * @param f from any arguments, at least one of them a tensor or holding one, to one tensor
 * @throws {TensorError} `ARGUMENT` where no argument holds a tensor
 *
 * @example
 * ```ts
 * const hidden = checkpoint(mlp)(parameters.tree, x, 0, null);
 * ```
 */
export function checkpoint<Args extends readonly unknown[]>(
  f: (...args: Args) => Tensor,
): (...args: Args) => Tensor {
  return (...args) => {
    const device = deviceOf(args);
    const before = nextOrder();
    let parents: GradNode[] = [];
    const value = scoped(device, () => {
      const result = f(...args);
      parents = result.node ? nodesUpTo(result.node, before) : [];
      return result.detach();
    });
    if (parents.length === 0) return value;
    const node = new CheckpointNode(parents, device.layerPath, () => f(...args));
    const output = value.view(value.shape, node);
    value.dispose();
    return output;
  };
}

/** The nodes from before a computation that its result depends on directly. */
function nodesUpTo(result: GradNode, before: number): GradNode[] {
  const seen = new Set<GradNode>([result]);
  const open = [result];
  const found: GradNode[] = [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.order <= before) {
      found.push(node);
      continue;
    }
    for (const parent of node.parents) {
      if (!parent || seen.has(parent)) continue;
      seen.add(parent);
      open.push(parent);
    }
  }
  return found;
}

function deviceOf(args: readonly unknown[]): Device {
  for (const { device } of tensorsIn(args)) return device;
  throw new TensorError(
    'ARGUMENT',
    'checkpoint: expected a tensor among the arguments, or in their arrays and plain objects, got none. Pass what the function works on as an argument.',
  );
}
