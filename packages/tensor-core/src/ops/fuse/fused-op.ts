import { defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { broadcastShapes, sameShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { sumTo } from '../reduce/forward';
import { ARRIVING } from './differentiate';
import { numberSlots, tensorSlots, value } from './forward';
import type { Fused } from './fused';
import { launch } from './launch';
import type { Slot } from './program';

/** The numbers among the operands of an elementwise computation, in order. */
export interface ElementwiseAttrs {
  readonly numbers: readonly number[];
}

const ops = new WeakMap<Fused, Op<ElementwiseAttrs>>();

/** The differentiable op of a fused computation: one launch forward and one for all gradients. */
export function fusedOp(computation: Fused): Op<ElementwiseAttrs> {
  let op = ops.get(computation);
  if (!op) {
    op = makeOp(computation);
    ops.set(computation, op);
  }
  return op;
}

function makeOp(computation: Fused): Op<ElementwiseAttrs> {
  const { name, gradients } = computation;
  return defineOp<ElementwiseAttrs>({
    name,
    shape(inputs) {
      for (const { dtype } of inputs) {
        if (dtype === 'f32') continue;
        throw new TensorError('DTYPE', `${name}: operands must be f32, got ${dtype}. Use cast(x, 'f32').`);
      }
      const shapes = inputs.map((input) => input.shape);
      return { dtype: 'f32', shape: broadcastShapes(name, shapes) };
    },
    forward: (inputs, { numbers }) => ({ output: value(computation, inputs, numbers) }),
    vjp: gradients.every((slot) => slot === null)
      ? null
      : ({ inputs, attrs, needs }, grad) => {
          const wanted = gradients.map((slot, index) => (needs[index] ? slot : null));
          const full = fullGradients(computation, wanted, inputs, attrs.numbers, grad);
          return wanted.map((slot, index) => {
            if (slot === null) return null;
            const gradient = full.get(slot)!;
            const { shape } = inputs[index]!;
            return sameShape(gradient.shape, shape) ? gradient : sumTo(gradient, shape);
          });
        },
  });
}

/** dL/d(input) in the output's shape, by slot; as many in one launch as the device can bind. */
function fullGradients(
  computation: Fused,
  wanted: readonly (Slot | null)[],
  inputs: readonly Tensor[],
  numbers: readonly number[],
  grad: Tensor,
): Map<Slot, Tensor> {
  const found = new Map<Slot, Tensor>([[ARRIVING, grad]]);
  const missing = [...new Set(wanted)].filter((slot) => slot !== null && slot !== ARRIVING) as Slot[];
  const bindings = grad.device.gpu.limits.maxStorageBuffersPerShaderStage;
  const most = Math.max(1, bindings - inputs.length - 1);
  const operands = tensorSlots(inputs).set(ARRIVING, grad);
  for (let start = 0; start < missing.length; start += most) {
    const results = missing.slice(start, start + most);
    launch(computation.gradient(results), grad.shape, operands, numberSlots(numbers)).forEach(
      (gradient, index) => {
        found.set(results[index]!, gradient);
      },
    );
  }
  return found;
}
