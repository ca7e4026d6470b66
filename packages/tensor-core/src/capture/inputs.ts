import { type DType, dtypeOf, type HostArray } from '../dtype';
import { TensorError } from '../errors';
import type { Key, KeyTensor } from '../random';
import { type Shape, showShape, sizeOf } from '../shape';
import { Tensor } from '../tensor';

/** Host values with extents, where one axis is not enough. */
export interface HostValues {
  readonly shape: Shape;
  readonly values: HostArray;
}

/**
 * What a captured step is called with, by what its function takes: for a tensor host values or a tensor (whose
 * values are copied), for a key its two words, for numbers, strings, booleans, null and undefined the same.
 */
export type HostInputs<T> = T extends Tensor
  ? HostArray | HostValues | Tensor
  : T extends KeyTensor | Key
    ? Key
    : T extends object
      ? { readonly [Name in keyof T]: HostInputs<T[Name]> }
      : T;

/** One tensor or key among the inputs of a call. */
export type InputLeaf =
  | {
      readonly kind: 'tensor';
      readonly path: string;
      readonly dtype: DType;
      readonly shape: Shape;
      readonly source: HostArray | Tensor;
    }
  | { readonly kind: 'key'; readonly path: string; readonly key: Key };

export interface DescribedInputs {
  /** Equal for calls that one recording serves: nesting, types, extents and plain values. */
  readonly signature: string;
  readonly leaves: readonly InputLeaf[];
  /** The nesting filled with what stands for each leaf, in their order. */
  fill(values: readonly (Tensor | KeyTensor)[]): unknown;
}

/** Walks the inputs of a call. @throws {TensorError} `ARGUMENT` or `SHAPE`, with the path of what is wrong */
export function describeInputs(inputs: unknown): DescribedInputs {
  const leaves: InputLeaf[] = [];
  const { signature, fill } = describeNode(inputs, '', leaves);
  const paths = new Set<string>();
  for (const { path } of leaves) {
    if (paths.has(path)) {
      throw new TensorError(
        'ARGUMENT',
        `captured step: expected inputs of different names, got ${path} twice. Leave dots out of names.`,
      );
    }
    paths.add(path);
  }
  return { signature, leaves, fill };
}

interface DescribedNode {
  readonly signature: string;
  fill(values: readonly (Tensor | KeyTensor)[]): unknown;
}

function describeNode(node: unknown, path: string, leaves: InputLeaf[]): DescribedNode {
  const leaf = leafOf(node, path);
  if (leaf) {
    const index = leaves.push(leaf) - 1;
    const signature = leaf.kind === 'key' ? 'key' : `${leaf.dtype}[${leaf.shape.join()}]`;
    return { signature, fill: (values) => values[index] };
  }
  if (node === null || (typeof node !== 'object' && typeof node !== 'function' && typeof node !== 'symbol')) {
    return { signature: plainSignature(node), fill: () => node };
  }
  if (typeof node === 'object' && (Array.isArray(node) || isPlain(node))) {
    const children = Object.entries(node).map(([name, child]: [string, unknown]) => {
      const below = path === '' ? name : `${path}.${name}`;
      return [name, describeNode(child, below, leaves)] as const;
    });
    const listed = children.map(([name, { signature }]) => `${JSON.stringify(name)}:${signature}`).join();
    return {
      signature: Array.isArray(node) ? `[${listed}]` : `{${listed}}`,
      fill: (values) => {
        const filled = children.map(([name, child]) => [name, child.fill(values)] as const);
        return Array.isArray(node) ? filled.map(([, value]) => value) : Object.fromEntries(filled);
      },
    };
  }
  throw refused(node, path);
}

/** Tells plain values apart, -0 from 0 and 1n from 1 too. */
function plainSignature(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'bigint' ? `${value}n` : `${value}`;
}

function leafOf(node: unknown, path: string): InputLeaf | null {
  if (node instanceof Tensor) {
    return { kind: 'tensor', path, dtype: node.dtype, shape: node.shape, source: node };
  }
  if (isHostArray(node)) {
    return { kind: 'tensor', path, dtype: dtypeOf(node), shape: [node.length], source: node };
  }
  if (typeof node !== 'object' || node === null) return null;
  if (Array.isArray(node) && typeof node[0] === 'number') {
    const [low, high]: unknown[] = node;
    if (node.length !== 2 || !isWord(low) || !isWord(high)) throw refused(node, path);
    return { kind: 'key', path, key: [low, high] };
  }
  if (!('values' in node && 'shape' in node && isHostArray(node.values))) return null;
  const { values } = node;
  const shape = node.shape as Shape;
  if (sizeOf(shape) !== values.length) {
    throw new TensorError(
      'SHAPE',
      `captured step: shape ${showShape(shape)} holds ${sizeOf(shape)} values, got ${values.length} at ${path || 'the root'}.`,
    );
  }
  return { kind: 'tensor', path, dtype: dtypeOf(values), shape, source: values };
}

function isHostArray(node: unknown): node is HostArray {
  return (
    node instanceof Float32Array ||
    node instanceof Int32Array ||
    node instanceof Uint32Array ||
    node instanceof Uint16Array
  );
}

function isWord(value: unknown): value is number {
  return typeof value === 'number' && value === value >>> 0;
}

function isPlain(node: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}

function refused(node: unknown, path: string): TensorError {
  const got =
    typeof node === 'object' && node !== null && !Array.isArray(node)
      ? node.constructor.name
      : Array.isArray(node)
        ? `numbers [${node.slice(0, 4).join(', ')}${node.length > 4 ? ', ...' : ''}]`
        : typeof node;
  return new TensorError(
    'ARGUMENT',
    `captured step: expected a Float32Array, Int32Array, Uint32Array or Uint16Array (alone or as { shape, values }), a tensor, a key, a plain value, or arrays and plain objects of them, got ${got} at ${path || 'the root'}. Convert it.`,
  );
}
