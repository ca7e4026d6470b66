import { TensorError } from '../errors';
import { Tensor } from '../tensor';

/**
 * Tensors in nested arrays and plain objects, such as the parameters of a model: a tensor, an array of trees, or
 * an object whose values are trees. (Written as `object`, since TypeScript gives interfaces no index signature.)
 */
export type Tree = object;

/** The same nesting with every tensor replaced. @throws {TensorError} `ARGUMENT` for anything but a tree */
export function mapTree<T extends Tree>(tree: T, map: (tensor: Tensor, path: string) => Tensor): T {
  return mapNode(tree, map, '') as T;
}

/** Every tensor with its name, `layers.0.weight`, in order of insertion: the names of a PyTorch state dict. */
export function flattenTree(tree: Tree): [path: string, tensor: Tensor][] {
  const flat: [string, Tensor][] = [];
  mapTree(tree, (tensor, path) => {
    flat.push([path, tensor]);
    return tensor;
  });
  return flat;
}

/** The nesting of `like`, filled with the tensors of `flat` by name. */
export function unflattenTree<T extends Tree>(like: T, flat: ReadonlyMap<string, Tensor>): T {
  return mapTree(like, (_, path) => {
    const found = flat.get(path);
    if (!found)
      throw new TensorError('ARGUMENT', `unflattenTree: expected a tensor named ${path}, got none.`);
    return found;
  });
}

function mapNode(node: unknown, map: (tensor: Tensor, path: string) => Tensor, path: string): unknown {
  if (node instanceof Tensor) return map(node, path);
  const below = (name: string | number): string => (path === '' ? `${name}` : `${path}.${name}`);
  if (Array.isArray(node)) return node.map((item, index) => mapNode(item, map, below(index)));
  if (typeof node === 'object' && node !== null && Object.getPrototypeOf(node) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(node).map(([name, item]) => [name, mapNode(item, map, below(name))]),
    );
  }
  throw new TensorError(
    'ARGUMENT',
    `tree: expected tensors in arrays and plain objects, got ${typeof node} at ${path || 'its root'}.`,
  );
}
