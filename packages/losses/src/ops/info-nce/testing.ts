import { apply, type Device, readAll, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { DEFAULT_CHUNK_BYTES, type InfoNceAttrs, infoNceOp } from './info-nce';
import type { Variant } from './plan';
import { infoNceGradientReference } from './reference';

export const VARIANTS: readonly Variant[] = ['tiles', 'composed'];

/** Attributes with the defaults of `infoNce`. */
export function attrs(variant: Variant, over: Partial<InfoNceAttrs> = {}): InfoNceAttrs {
  const plain = { pairs: 1, margin: 0, direction: 'both' } as const;
  return { scale: 5, ...plain, chunkBytes: DEFAULT_CHUNK_BYTES, differentiable: true, variant, ...over };
}

/** Rows `[B, D]` on the host. */
export interface HostRows {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Loss and gradients by the op, from a, b and log(1/τ) on the host. */
export async function run(
  device: Device,
  [a, b]: readonly HostRows[],
  options: InfoNceAttrs,
  logScale?: number,
): Promise<{ loss: number; a: Float32Array; b: Float32Array; logScale: number | undefined }> {
  const parameters: Record<string, Tensor> = {
    a: tensor(device, a!.values, a!.shape),
    b: tensor(device, b!.values, b!.shape),
    ...(logScale === undefined ? {} : { logScale: tensor(device, [logScale]) }),
  };
  const { value, grads } = valueAndGrad(parameters, (tree) => apply(infoNceOp, Object.values(tree), options));
  const [loss, da, db, ds] = (await readAll([value, ...Object.values(grads)])) as Float32Array[];
  for (const each of [...Object.values(parameters), ...Object.values(grads), value]) each.dispose();
  return { loss: loss![0]!, a: da!, b: db!, logScale: ds?.[0] };
}

/** The same in float64. */
export function reference(
  inputs: readonly HostRows[],
  options: InfoNceAttrs,
  logScale?: number,
): ReturnType<typeof infoNceGradientReference> {
  const rows = inputs.map(({ shape, values }) => ({ shape, data: Float64Array.from(values) }));
  const learned = logScale === undefined ? [] : [{ shape: [], data: Float64Array.of(Math.fround(logScale)) }];
  return infoNceGradientReference([...rows, ...learned], options.scale, options);
}
