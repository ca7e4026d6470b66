import { TensorError } from '../errors';
import { Tensor } from '../tensor';

/** Tensors in nested arrays and plain objects, such as the parameters of a model. */
export type Tree = Tensor | readonly Tree[] | { readonly [name: string]: Tree };

/** The same nesting with every tensor replaced. */
export function mapTree<T extends Tree>(
  tree: T,
  map: (tensor: Tensor, path: string) => Tensor,
  path = '',
): T {
  if (tree instanceof Tensor) return map(tree, path) as T;
  if (Array.isArray(tree))
    return tree.map((item, index) => mapTree(item as Tree, map, join(path, index))) as unknown as T;
  const mapped = Object.entries(tree as Record<string, Tree>).map(([name, item]) => [
    name,
    mapTree(item, map, join(path, name)),
  ]);
  return Object.fromEntries(mapped) as T;
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

function join(path: string, name: string | number): string {
  return path === '' ? `${name}` : `${path}.${name}`;
}
