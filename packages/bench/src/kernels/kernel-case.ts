import type { Device, Op, Tensor, VjpContext } from '@bravais/tensor-core';

/** A heavy kernel on one shape, with what it must at least do: the numbers of its roofline. */
export interface KernelCase {
  readonly name: string;
  /** Floating-point operations; 0 where memory alone decides. */
  readonly flops: number;
  /** Each input read once and each output written once. */
  readonly bytes: number;
  /** Makes the operands; the result records the launches to be timed. */
  prepare(device: Device): () => void;
}

/** Size of a case, as {@link KernelCase} states it. */
export type CaseSize = Pick<KernelCase, 'name' | 'flops' | 'bytes'>;

/** Times an op's forward pass. */
export function forwardCase<Attrs>(
  size: CaseSize,
  op: Op<Attrs>,
  attrs: Attrs,
  operands: (device: Device) => readonly Tensor[],
): KernelCase {
  return {
    ...size,
    prepare: (device) => {
      const inputs = operands(device);
      const output = op.shape(inputs, attrs);
      return () => {
        op.forward(inputs, attrs, output);
      };
    },
  };
}

/** Times an op's gradient for its f32 inputs, given the forward pass and ones for the gradient of its output. */
export function gradientCase<Attrs>(
  size: CaseSize,
  op: Op<Attrs>,
  attrs: Attrs,
  operands: (device: Device) => readonly Tensor[],
): KernelCase {
  return {
    ...size,
    prepare: (device) => {
      const { vjp } = op;
      if (!vjp) throw new Error(`${op.name} has no gradient`);
      const inputs = operands(device);
      const { output, saved = [] } = op.forward(inputs, attrs, op.shape(inputs, attrs));
      const needs = inputs.map(({ dtype }) => dtype === 'f32');
      const context: VjpContext<Attrs> = {
        inputs,
        output,
        saved,
        attrs,
        needs,
        into: inputs.map(() => null),
      };
      return () => {
        vjp(context, output);
      };
    },
  };
}
