import { TensorError } from '../errors';
import type { GradNode, Tensor } from '../tensor/tensor';
import type { Op } from './op';

/** How many nodes there have been; only ever compared, so that no result depends on it. */
let created = 0;

/** The order of the node that comes next; all nodes so far have smaller ones, parents than children too. */
export function nextOrder(): number {
  return ++created;
}

/** A recorded application of an op. */
export class OpNode implements GradNode {
  readonly order: number = nextOrder();
  constructor(
    readonly parents: readonly (GradNode | null)[],
    readonly opName: string,
    /** dL/d(inputs) from dL/d(output); `into` is where they are wanted. */
    readonly pullback: (grad: Tensor, into: readonly (Tensor | null)[]) => readonly (Tensor | null)[],
    /** Where dL/d(output) must lie for dL/d(inputs) to lie in `into`, see {@link Op}. */
    readonly gradientPlace: ((into: readonly (Tensor | null)[]) => Tensor | null) | null,
    /** Path of the layer that the op was applied in. */
    readonly layer: string,
  ) {}
}

/** A tensor that gradients are taken with respect to. */
export class LeafNode implements GradNode {
  readonly order: number = nextOrder();
  readonly parents: readonly GradNode[] = [];
}

/**
 * Applies an op and, where an input is tracked, remembers how its gradient flows back.
 *
 * @returns the output, then the tensors the op saved
 */
export function applyWithSaved<Attrs>(
  op: Op<Attrs>,
  inputs: readonly Tensor[],
  attrs: Attrs,
): { output: Tensor; saved: readonly Tensor[] } {
  const device = inputs[0]?.device;
  if (!inputs.every((input) => input.device === device)) {
    throw new TensorError(
      'DEVICE_MISMATCH',
      `${op.name}: all inputs must live on one device, got several. Copy them over first.`,
    );
  }
  const spec = op.shape(inputs, attrs);
  const tracked = inputs.some((input) => input.node !== null);
  if (!tracked) {
    const { output, saved = [] } = op.forward(inputs, attrs, spec);
    return { output, saved };
  }
  const detached = inputs.map((input) => (input.node ? input.detach() : input));
  const { output, saved = [] } = op.forward(detached, attrs, spec);
  const needs = inputs.map((input) => input.node !== null);
  const pullback = (grad: Tensor, into: readonly (Tensor | null)[]): readonly (Tensor | null)[] => {
    if (!op.vjp) {
      throw new TensorError(
        'NOT_DIFFERENTIABLE',
        `${op.name}: it has no gradient, and one was asked for. Detach its input if that is meant.`,
      );
    }
    return op.vjp({ inputs: detached, output, saved, attrs, needs, into }, grad);
  };
  const node = new OpNode(
    inputs.map((input) => input.node),
    op.name,
    pullback,
    op.gradientPlace ? (into) => op.gradientPlace!(detached, into, spec) : null,
    output.device.layerPath,
  );
  return { output: output.view(output.shape, node), saved };
}

/** Applies an op; see {@link applyWithSaved}. */
export function apply<Attrs>(op: Op<Attrs>, inputs: readonly Tensor[], attrs: Attrs): Tensor {
  return applyWithSaved(op, inputs, attrs).output;
}
