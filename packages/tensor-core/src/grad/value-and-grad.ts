import { LeafNode } from '../autograd/apply';
import { backward } from '../autograd/backward';
import { flattenTree, mapTree, type Tree } from '../autograd/tree';
import { TensorError } from '../errors';
import { add } from '../ops/elementwise';
import { sameShape, showShape } from '../shape';
import { scoped, type Tensor, tensor, zeros } from '../tensor';

/** A loss, alone or with further results (`aux`) that are handed through without gradient. */
export type LossResult<Aux> = Tensor | { readonly loss: Tensor; readonly aux: Aux };

/**
 * L(params) and dL/d(params) of a scalar-valued function.
 *
 * All intermediate tensors are disposed of; the value, the gradients and tensors in `aux` belong to the
 * caller's scope. Parameters that the loss does not depend on get zero gradients.
 *
 * @param params f32 tensors in any nesting; the gradients have the same nesting
 * @param into tensors to write the gradients to, in the nesting of `params`: most ops then make them there, without a
 * copy. By default each gradient gets memory of its own.
 * @throws {TensorError} `SHAPE` where the loss is no scalar, or a tensor in `into` has another shape than its parameter
 *
 * @example
 * ```ts
 * const { value, grads } = valueAndGrad({ w }, ({ w }) => mean(square(sub(matmul(x, w), y))));
 * ```
 */
export function valueAndGrad<P extends Tree, Aux = undefined>(
  params: P,
  loss: (params: P) => LossResult<Aux>,
  into: P | null = null,
): { value: Tensor; grads: P; aux: Aux | undefined } {
  const first = flattenTree(params)[0]?.[1];
  if (!first) throw new TensorError('ARGUMENT', 'valueAndGrad: expected at least one parameter, got none.');
  const { device } = first;
  const wanted = new Map(into ? flattenTree(into) : []);
  return scoped(device, () => {
    const leaves = new Map<string, LeafNode>();
    const places = new Map<LeafNode, Tensor>();
    const tracked = mapTree(params, (parameter, path) => {
      if (parameter.dtype !== 'f32') {
        throw new TensorError(
          'DTYPE',
          `valueAndGrad: parameters must be f32, got ${parameter.dtype} for ${path}.`,
        );
      }
      const leaf = new LeafNode();
      leaves.set(path, leaf);
      if (into) {
        const place = placeFor(parameter, wanted.get(path), path);
        if (place.byteLength % STORE_BYTES === 0) places.set(leaf, place);
      }
      return parameter.view(parameter.shape, leaf);
    });
    const result = loss(tracked);
    const value = 'loss' in result ? result.loss : result;
    const aux = 'loss' in result ? result.aux : undefined;
    if (value.size !== 1) {
      throw new TensorError(
        'SHAPE',
        `valueAndGrad: the loss must be one number, got shape ${showShape(value.shape)}. Take its mean or sum.`,
      );
    }
    const found = value.node
      ? backward(value.node, tensor(device, new Float32Array([1]), value.shape), add, places)
      : new Map<LeafNode, Tensor>();
    const grads = mapTree(params, (parameter, path) => {
      const gradient = found.get(leaves.get(path)!);
      const place = wanted.get(path);
      return place ? moved(gradient, place) : (gradient ?? zeros(device, parameter.shape));
    });
    return { value: value.detach(), grads: ownCopies(grads), aux };
  });
}

/** dL/d(params); see {@link valueAndGrad}. */
export function grad<P extends Tree>(params: P, loss: (params: P) => Tensor): P {
  const { value, grads } = valueAndGrad(params, loss);
  value.dispose();
  return grads;
}

/** Kernels may fill the last four floats of what they write: other places get their gradient by a copy. */
const STORE_BYTES = 16;

function placeFor(parameter: Tensor, place: Tensor | undefined, path: string): Tensor {
  if (place?.dtype === 'f32' && sameShape(place.shape, parameter.shape)) return place;
  const got = place ? `${place.dtype} ${showShape(place.shape)}` : 'none';
  throw new TensorError(
    'SHAPE',
    `valueAndGrad: expected f32 ${showShape(parameter.shape)} for the gradient of ${path}, got ${got}. Give a tensor like each parameter.`,
  );
}

/** The gradient in its place, zeros where there is none. */
function moved(gradient: Tensor | undefined, place: Tensor): Tensor {
  if (!gradient) place.clear();
  else if (!sameMemory(gradient, place)) place.assign(gradient);
  return place;
}

function sameMemory({ binding: a }: Tensor, { binding: b }: Tensor): boolean {
  return a.storage === b.storage && a.byteOffset === b.byteOffset;
}

/** Gradients as tensor objects of their own: two parameters may have been handed the same one. */
function ownCopies<P extends Tree>(grads: P): P {
  return mapTree(grads, (gradient) => gradient.detach());
}
