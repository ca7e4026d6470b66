import type { Shape } from '../shape';

/** A parameter's initial values on the host. */
export interface HostParameter {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** Initial parameters of a module as plain data: nested arrays and objects of host values. */
export type HostTree = HostParameter | readonly HostTree[] | { readonly [name: string]: HostTree };

/** Whether a node of the tree is a parameter rather than a group of them. */
export function isHostParameter(tree: HostTree): tree is HostParameter {
  return 'values' in tree && tree.values instanceof Float32Array;
}

/** Every parameter with its name, `layers.0.weight`: the names of a PyTorch state dict. */
export function flattenHostTree(tree: HostTree, path = ''): [path: string, parameter: HostParameter][] {
  if (isHostParameter(tree)) return [[path, tree]];
  return Object.entries(tree as Record<string, HostTree>).flatMap(([name, child]) =>
    flattenHostTree(child, path === '' ? name : `${path}.${name}`),
  );
}
