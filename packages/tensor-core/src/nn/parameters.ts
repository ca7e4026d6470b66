import { mapTree, type Tree } from '../autograd';
import type { Device } from '../device';
import { TensorError } from '../errors';
import { type Shape, showShape, sizeOf } from '../shape';
import { type Tensor, VIEW_ALIGNMENT_BYTES, zeros } from '../tensor';
import { flattenHostTree, type HostTree, isHostParameter } from './host-tree';

/** Where one parameter lies in the flat buffer. */
export interface ParameterEntry {
  readonly name: string;
  readonly shape: Shape;
  /** First element in the flat buffer. */
  readonly offset: number;
  readonly size: number;
}

/** The tensors of a host tree, in the same nesting. */
export type TensorTree<T> = T extends { readonly values: Float32Array; readonly shape: Shape }
  ? Tensor
  : { readonly [K in keyof T]: TensorTree<T[K]> };

/**
 * The parameters of a model: one flat buffer, and a tree of views into it, so that an optimiser updates all
 * of them in one launch and modules see them by name.
 */
export interface Parameters<T> {
  readonly flat: Tensor;
  readonly tree: TensorTree<T>;
  readonly entries: readonly ParameterEntry[];
}

const ALIGNMENT = VIEW_ALIGNMENT_BYTES / 4;

/**
 * Uploads initial values into one flat buffer, each parameter starting at a multiple of 64 elements; the
 * gaps hold zeros and stay zero under every optimiser here.
 *
 * @example
 * ```ts
 * const parameters = packParameters(device, { layers: [initLinear(key(0), 4, 2)] });
 * parameters.entries[0]!.name; // 'layers.0.weight'
 * ```
 */
export function packParameters<T extends HostTree>(device: Device, initial: T): Parameters<T> {
  let offset = 0;
  const entries = flattenHostTree(initial).map(([name, { shape, values }]) => {
    const size = sizeOf(shape);
    if (values.length !== size) {
      throw new TensorError(
        'SHAPE',
        `packParameters: ${name} has shape ${showShape(shape)} with ${size} values, got ${values.length}.`,
      );
    }
    const entry = { name, shape, offset, size };
    offset += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    return entry;
  });
  const flat = zeros(device, [offset]);
  const tree = viewTree(initial, flat, new Map(entries.map((entry) => [entry.name, entry])), '');
  const parameters = { flat, tree: tree as TensorTree<T>, entries };
  loadParameters(parameters, new Map(flattenHostTree(initial).map(([name, { values }]) => [name, values])));
  return parameters;
}

/** Tensors over another flat tensor, laid out and named like the parameters: their gradients, or averages of them. */
export function parameterViews<T>({ tree, entries }: Parameters<T>, flat: Tensor): TensorTree<T> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return mapTree(tree as Tree, (_, name) => {
    const { shape, offset } = byName.get(name)!;
    return flat.view(shape, null, offset * 4);
  }) as TensorTree<T>;
}

/**
 * Overwrites parameters by name.
 *
 * @throws {TensorError} `ARGUMENT` where a name is missing, unknown, or has another number of values; nothing
 * is written then
 */
export function loadParameters(
  parameters: Parameters<unknown>,
  values: ReadonlyMap<string, Float32Array>,
): void {
  const host = new Float32Array(parameters.flat.size);
  for (const { name, shape, offset, size } of parameters.entries) {
    const found = values.get(name);
    if (found?.length !== size) {
      const got = found ? `${found.length} values` : 'none';
      throw new TensorError('ARGUMENT', `loadParameters: expected ${name} ${showShape(shape)}, got ${got}.`);
    }
    host.set(found, offset);
  }
  const known = new Set(parameters.entries.map(({ name }) => name));
  const unknown = [...values.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new TensorError(
      'ARGUMENT',
      `loadParameters: the model has no parameter ${unknown}. Was it saved by another model?`,
    );
  }
  parameters.flat.write(host);
}

/** Splits flat host values (parameters, or moments of an optimiser) by parameter name. */
export function namedValues(
  entries: readonly ParameterEntry[],
  flat: Float32Array,
): Map<string, Float32Array> {
  return new Map(entries.map(({ name, offset, size }) => [name, flat.slice(offset, offset + size)]));
}

/** Joins named host values into the flat layout, gaps zero. */
export function flatValues(
  parameters: Parameters<unknown>,
  values: ReadonlyMap<string, Float32Array>,
): Float32Array {
  const host = new Float32Array(parameters.flat.size);
  for (const { name, offset, size } of parameters.entries) {
    const found = values.get(name);
    if (found?.length !== size) {
      throw new TensorError(
        'ARGUMENT',
        `flatValues: expected ${size} values for ${name}, got ${found?.length ?? 'none'}.`,
      );
    }
    host.set(found, offset);
  }
  return host;
}

function viewTree(
  node: unknown,
  flat: Tensor,
  entries: ReadonlyMap<string, ParameterEntry>,
  path: string,
): unknown {
  if (isHostParameter(node)) {
    const { shape, offset } = entries.get(path)!;
    return flat.view(shape, null, offset * 4);
  }
  const children = Object.entries(node as object).map(([name, child]: [string, unknown]) => {
    return [name, viewTree(child, flat, entries, path === '' ? name : `${path}.${name}`)] as const;
  });
  return Array.isArray(node) ? children.map(([, child]) => child) : Object.fromEntries(children);
}
