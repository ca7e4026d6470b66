import { at, indices, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { ConvAttrs } from './geometry';

/** y[n, p, o] = bias[o] + Σ over taps t and channels c of x[n, p * stride + t * dilation - padding, c] weight[o, c, t]. */
export function convReference(
  [x, weight, bias]: readonly ReferenceTensor[],
  { stride, padding, dilation, groups }: ConvAttrs,
): ReferenceTensor {
  const source = x!.shape.slice(1, -1);
  const [results, depth, ...kernel] = weight!.shape as [number, number, ...number[]];
  const window = kernel.map((taps, axis) => (taps - 1) * dilation[axis]!);
  const pads = padding === 'periodic' ? window.map((extent) => Math.floor(extent / 2)) : padding;
  const result = source.map((extent, axis) =>
    padding === 'periodic'
      ? extent / stride[axis]!
      : Math.floor((extent + 2 * pads[axis]! - window[axis]! - 1) / stride[axis]!) + 1,
  );
  const taps = [...indices(kernel)];
  return referenceTensor([x!.shape[0]!, ...result, results], ([n, ...rest]) => {
    const output = rest.pop()!;
    const first = Math.floor(output / (results / groups)) * depth;
    let sum = bias ? bias.data[output]! : 0;
    for (const tap of taps) {
      const place = tap.map((t, axis) => {
        const along = rest[axis]! * stride[axis]! + t * dilation[axis]! - pads[axis]!;
        return padding === 'periodic' ? modulo(along, source[axis]!) : along;
      });
      if (place.some((along, axis) => along < 0 || along >= source[axis]!)) continue;
      for (let c = 0; c < depth; c++) {
        sum += at(x!, [n!, ...place, first + c]) * at(weight!, [output, c, ...tap]);
      }
    }
    return sum;
  });
}

function modulo(value: number, extent: number): number {
  return ((value % extent) + extent) % extent;
}
