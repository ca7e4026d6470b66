import {
  type Device,
  defineOp,
  type Op,
  showShape,
  type Tensor,
  TensorError,
  type TensorSpec,
} from '@bravais/tensor-core';
import { type RadialEdges, radialProductForward, radialProductWeightGradient } from './forward';
import { type BandKernels, bandKernelsFor } from './kernels';

/** Attributes of {@link radialProductOp}. */
export interface RadialProductAttrs {
  /** Å: from one Gaussian to the next, and their width. */
  readonly spacingAngstrom: number;
}

/**
 * y_en = Σ_k exp(-((d_e - k w) / w)²) w_nk for distances `[E]` and a weight `[N, K]`: `[E, N]`.
 *
 * The Gaussians stand as far apart as they are wide, so at most ten of them are above 1.6e-9 for any edge; others count as
 * 0. Edges nearly equally long share them: where distances ascend they make a band, and the product and its gradient go through
 * the band alone, without the features in memory. In any other order the numbers are the same and take longer. Only the weight
 * has a gradient. Every number repeats bit for bit.
 */
export const radialProductOp: Op<RadialProductAttrs> = defineOp({
  name: 'radialProduct',
  shape: (inputs) => radialProductShape(inputs),
  forward(inputs, attrs) {
    const [, weight] = inputs as [Tensor, Tensor];
    return { output: radialProductForward(kernelsOf(weight), edgesOf(inputs, attrs), weight) };
  },
  vjp({ inputs, attrs, needs, into }, grad) {
    if (needs[0]) {
      throw new TensorError(
        'NOT_DIFFERENTIABLE',
        'radialProduct: its banded form has no gradient of the distances, and one was asked for. Take edgeProduct of gaussianExpansion.',
      );
    }
    const [, weight] = inputs as [Tensor, Tensor];
    const edges = edgesOf(inputs, attrs);
    return [null, radialProductWeightGradient(kernelsOf(weight), edges, weight, grad, into[1] ?? null)];
  },
});

function edgesOf(inputs: readonly Tensor[], { spacingAngstrom }: RadialProductAttrs): RadialEdges {
  const [distance] = inputs as [Tensor];
  return { distance, spacingAngstrom };
}

function kernelsOf({ device }: Tensor): BandKernels {
  const kernels = bandKernelsFor(device);
  if (kernels) return kernels;
  throw new TensorError(
    'ARGUMENT',
    `radialProduct: its banded form expects a driver on the CPU with subgroups of 4, 8 or 16, got ${device.adapter.description}. Take edgeProduct of gaussianExpansion.`,
  );
}

function radialProductShape(inputs: readonly TensorSpec[]): TensorSpec {
  const [distance, weight] = inputs as [TensorSpec, TensorSpec];
  const agree =
    distance.shape.length === 1 &&
    weight.shape.length === 2 &&
    weight.shape[0]! % 8 === 0 &&
    inputs.map(({ dtype }) => dtype).join() === 'f32,f32';
  if (!agree) {
    throw new TensorError(
      'SHAPE',
      `radialProduct: expected f32 distances [E] and an f32 weight [N, K], N a multiple of 8, got ${inputs.map(({ dtype, shape }) => `${dtype} ${showShape(shape)}`).join(' and ')}. Pad the weight's rows.`,
    );
  }
  return { dtype: 'f32', shape: [distance.shape[0]!, weight.shape[0]!] };
}

/** Whether a device has the kernels of {@link radialProductOp}. */
export function hasRadialProduct(device: Device): boolean {
  return bandKernelsFor(device) !== null;
}
