import { defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { matmul } from '../matmul/forward';
import { sumTo } from '../reduce/forward';
import { convolve, sourceGradient } from './gather';
import type { ConvAttrs, ConvGeometry } from './geometry';
import { convGeometry, convShape } from './shapes';
import { weightGradient } from './weight-gradient';

/** Convolution over two or three axes of space. Inputs: x, weight and, where there is one, the bias. */
export function convOp(name: string, space: 2 | 3): Op<ConvAttrs> {
  return defineOp({
    name,

    shape: (inputs, attrs) => ({
      dtype: 'f32',
      shape: convShape(space, convGeometry(name, space, inputs, attrs)),
    }),

    forward: (inputs, attrs, { shape }) => {
      const [x, weight, bias = null] = inputs as [Tensor, Tensor, Tensor?];
      const geometry = convGeometry(name, space, inputs, attrs);
      if (!isProduct(geometry)) return { output: convolve(x, weight, bias, geometry, shape) };
      const output = matmul(asRows(x), asRows(weight, 1), { transposeB: true, bias });
      return { output: output.view(shape) };
    },

    vjp: ({ inputs, attrs, needs, into }, grad) => {
      const [x, weight, bias] = inputs as [Tensor, Tensor, Tensor?];
      const geometry = convGeometry(name, space, inputs, attrs);
      const product = isProduct(geometry);
      const [dx, dw] = [into[0] ?? null, into[1] ?? null];
      return [
        !needs[0]
          ? null
          : product
            ? matmul(asRows(grad), asRows(weight, 1), { into: dx }).view(x.shape)
            : sourceGradient(grad, weight, geometry, x.shape, dx),
        !needs[1]
          ? null
          : product
            ? matmul(asRows(grad), asRows(x), { transposeA: true, into: dw }).view(weight.shape)
            : weightGradient(x, grad, geometry, weight.shape, dw),
        bias && needs[2] ? sumTo(grad, bias.shape, into[2] ?? null) : null,
      ];
    },
  });
}

/** Whether each position is multiplied by one matrix, so that the convolution is a product of matrices. */
function isProduct({ kernel, stride, padding, groups }: ConvGeometry): boolean {
  const all = (list: readonly number[], value: number): boolean => list.every((each) => each === value);
  return groups === 1 && all(kernel, 1) && all(stride, 1) && all(padding, 0);
}

/** A tensor with all axes but the channels in one. */
function asRows(x: Tensor, channelAxis = x.rank - 1): Tensor {
  const channels = x.shape[channelAxis]!;
  return x.view([channels === 0 ? 0 : x.size / channels, channels]);
}
