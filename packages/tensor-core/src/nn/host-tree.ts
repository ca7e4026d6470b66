import { TensorError } from '../errors';
import type { Shape } from '../shape';

/** A parameter's initial values on the host. */
export interface HostParameter {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/**
 * Initial parameters of a module as plain data: host parameters in nested arrays and objects. (Written as
 * `object`, since TypeScript gives interfaces no index signature.)
 */
export type HostTree = object;

/** Whether a node of the tree is a parameter rather than a group of them. */
export function isHostParameter(node: unknown): node is HostParameter {
  return typeof node === 'object' && node !== null && 'values' in node && node.values instanceof Float32Array;
}

/**
 * Every parameter with its name, `layers.0.weight`: the names of a PyTorch state dict.
 *
 * @throws {TensorError} `ARGUMENT` for anything but parameters in arrays and objects
 */
export function flattenHostTree(tree: HostTree, path = ''): [path: string, parameter: HostParameter][] {
  if (isHostParameter(tree)) return [[path, tree]];
  return Object.entries(tree).flatMap(([name, child]: [string, unknown]) => {
    const below = path === '' ? name : `${path}.${name}`;
    if (typeof child === 'object' && child !== null) return flattenHostTree(child, below);
    throw new TensorError(
      'ARGUMENT',
      `parameters: expected values or groups of them, got ${typeof child} at ${below}.`,
    );
  });
}
