import { TensorError } from '../errors';
import { sameShape, showShape } from '../shape';
import { scoped } from '../tensor/scope';
import type { GradNode, Tensor } from '../tensor/tensor';
import { LeafNode, nextOrder, OpNode } from './apply';
import { CheckpointNode } from './checkpoint-node';

/** Adds two gradients of the same shape; passed in so that autograd does not depend on any op. */
export type AddGradients = (a: Tensor, b: Tensor) => Tensor;

/**
 * dL/d(leaf) for every leaf that `loss` depends on, by one walk against the order of computation.
 *
 * @param seed dL/d(loss), of the loss's shape
 * @param places memory for the gradients of leaves, which ops then write to straight away where they can; the tensors
 * returned may still lie elsewhere
 */
export function backward(
  loss: GradNode,
  seed: Tensor,
  add: AddGradients,
  places: ReadonlyMap<LeafNode, Tensor> = new Map(),
): Map<LeafNode, Tensor> {
  const walk = new BackwardWalk(add, places);
  walk.contribute(loss, seed, 'loss');
  walk.from(loss, 0);
  return walk.leaves();
}

/** The gradients on their way from a loss to the leaves. */
class BackwardWalk {
  readonly #add: AddGradients;
  readonly #grads = new Map<GradNode, Tensor>();
  /** Memory that nobody has been given yet: it must not be written twice. */
  readonly #free: Map<GradNode, Tensor>;

  constructor(add: AddGradients, places: ReadonlyMap<LeafNode, Tensor>) {
    this.#add = add;
    this.#free = new Map(places);
  }

  /** Adds to dL/d(what a node stands for). */
  contribute(node: GradNode, gradient: Tensor, from: string): void {
    const sum = this.#grads.get(node);
    if (sum && !sameShape(sum.shape, gradient.shape)) {
      throw new TensorError(
        'SHAPE',
        `${from}: its gradient has shape ${showShape(gradient.shape)}, expected ${showShape(sum.shape)}.`,
      );
    }
    this.#grads.set(node, sum ? this.#add(sum, gradient) : gradient);
  }

  /**
   * Passes gradients through every node that `root` depends on and that came after `after`, latest first: a
   * node's own gradient is complete by then, and sums form in the same order whether or not parts of the
   * computation are checkpointed.
   */
  from(root: GradNode, after: number): void {
    for (const node of latestFirst(root, after)) {
      const gradient = this.#grads.get(node);
      if (!gradient || node instanceof LeafNode) continue;
      this.#grads.delete(node);
      if (node instanceof OpNode) {
        gradient.device.atLayer(node.layer, () => this.#through(node, gradient));
      } else if (node instanceof CheckpointNode) {
        gradient.device.atLayer(node.layer, () => this.#recomputed(node, gradient));
      }
    }
  }

  leaves(): Map<LeafNode, Tensor> {
    const found = new Map<LeafNode, Tensor>();
    for (const [node, gradient] of this.#grads) if (node instanceof LeafNode) found.set(node, gradient);
    return found;
  }

  #through({ parents, opName, pullback }: OpNode, gradient: Tensor): void {
    const into = parents.map((parent) => parent && this.#placeOf(parent));
    const parentGradients = pullback(gradient, into);
    parents.forEach((parent, index) => {
      const contribution = parentGradients[index];
      if (parent && contribution) this.contribute(parent, contribution, opName);
    });
  }

  /** Memory for the first gradient that reaches a node; none for later ones. */
  #placeOf(node: GradNode): Tensor | null {
    if (node instanceof LeafNode) {
      const place = this.#free.get(node) ?? null;
      this.#free.delete(node);
      return place;
    }
    if (!(node instanceof OpNode) || !node.gradientPlace || this.#grads.has(node)) return null;
    const places = node.parents.map((parent) => (parent && this.#free.get(parent)) ?? null);
    const place = node.gradientPlace(places);
    if (place) for (const parent of node.parents) if (parent) this.#free.delete(parent);
    return place;
  }

  #recomputed({ recompute }: CheckpointNode, gradient: Tensor): void {
    scoped(gradient.device, () => {
      const before = nextOrder();
      const { node } = recompute();
      if (node) {
        this.contribute(node, gradient, 'checkpoint');
        this.from(node, before);
      }
      return [...this.#grads.values()];
    });
  }
}

/** The nodes that `root` depends on, itself included, that came after `after`. Iterative: graphs are deep. */
function latestFirst(root: GradNode, after: number): GradNode[] {
  if (root.order <= after) return [];
  const seen = new Set<GradNode>([root]);
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const parent of node.parents) {
      if (!parent || parent.order <= after || seen.has(parent)) continue;
      seen.add(parent);
      open.push(parent);
    }
  }
  return [...seen].sort((a, b) => b.order - a.order);
}
