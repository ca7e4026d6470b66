import type { GradNode, Tensor } from '../tensor/tensor';
import { nextOrder } from './apply';

/** A computation whose intermediate tensors were let go of; its gradient computes them anew. */
export class CheckpointNode implements GradNode {
  readonly order: number = nextOrder();
  constructor(
    /** What the computation depends on. */
    readonly parents: readonly GradNode[],
    /** Path of the layer that it ran in. */
    readonly layer: string,
    /** The output again, tracked back to the parents. */
    readonly recompute: () => Tensor,
  ) {}
}
