import type { Device } from '../device';
import { TensorError } from '../errors';

/** What a scope owns: tensors, without importing their class. */
interface Owned extends Disposable {
  readonly device: Device;
  readonly disposed: boolean;
}

const openScopes = new WeakMap<Device, Scope[]>();

function scopesOf(device: Device): Scope[] {
  let scopes = openScopes.get(device);
  if (!scopes) {
    scopes = [];
    openScopes.set(device, scopes);
  }
  return scopes;
}

/** Registers a new tensor with the innermost scope of its device. */
export function adopt(tensor: Owned): void {
  scopesOf(tensor.device).at(-1)?.own(tensor);
}

/** Owns the tensors made while it is the innermost scope of its device; see {@link openScope}. */
export class Scope implements Disposable {
  readonly #device: Device;
  readonly #owned = new Set<Owned>();

  constructor(device: Device) {
    this.#device = device;
    scopesOf(device).push(this);
  }

  own(tensor: Owned): void {
    this.#owned.add(tensor);
  }

  /** Hands every tensor found in `value` (a tensor, or arrays and plain objects of them) to the enclosing scope. */
  keep<T>(value: T): T {
    const scopes = scopesOf(this.#device);
    const parent = scopes[scopes.indexOf(this) - 1];
    for (const tensor of tensorsIn(value)) {
      if (this.#owned.delete(tensor)) parent?.own(tensor);
    }
    return value;
  }

  /** Ends the scope and hands out what it owns instead of disposing of it. */
  close(): Owned[] {
    this.#end();
    const owned = [...this.#owned];
    this.#owned.clear();
    return owned;
  }

  [Symbol.dispose](): void {
    for (const tensor of this.close()) tensor[Symbol.dispose]();
  }

  #end(): void {
    const scopes = scopesOf(this.#device);
    if (scopes.at(-1) !== this) {
      throw new TensorError(
        'ARGUMENT',
        'scope: scopes must end in reverse order of opening, and a later one is still open. Do not await inside a scope that others can open in.',
      );
    }
    scopes.pop();
  }
}

/**
 * Opens a scope that disposes of every tensor made until it ends, except those handed to `keep`.
 *
 * @example
 * ```ts
 * using scope = openScope(device);
 * const loss = scope.keep(mean(square(sub(predicted, target))));
 * ```
 */
export function openScope(device: Device): Scope {
  return new Scope(device);
}

/** Runs `work` in a scope of its own and keeps only the tensors in its result. */
export function scoped<T>(device: Device, work: () => T): T {
  const scope = new Scope(device);
  try {
    const result = work();
    if (result instanceof Promise) {
      throw new TensorError(
        'ARGUMENT',
        'scoped: expected a synchronous function, got a promise. Read values after the scope, or use openScope.',
      );
    }
    return scope.keep(result);
  } finally {
    scope[Symbol.dispose]();
  }
}

/** What {@link holding} gives: a result, and all tensors behind it. */
export interface Holding<T> extends Disposable {
  readonly result: T;
}

/**
 * Runs `work` and keeps every tensor that it makes, in its result or behind it, until they are disposed of together: for what lives
 * longer than a scope, such as a model and its optimiser through a training.
 *
 * @example
 * ```ts
 * const model = holding(device, () => packParameters(device, initMlp(key(0), [66, 128])));
 * try {
 *   await train(model.result);
 * } finally {
 *   model[Symbol.dispose]();
 * }
 * ```
 */
export function holding<T>(device: Device, work: () => T): Holding<T> {
  const scope = new Scope(device);
  let result: T;
  try {
    result = work();
  } catch (error) {
    scope[Symbol.dispose]();
    throw error;
  }
  const held = scope.close();
  return {
    result,
    [Symbol.dispose]: () => {
      for (const tensor of held) tensor[Symbol.dispose]();
    },
  };
}

/** Every tensor in a tensor, or in arrays and plain objects of them; anything else is passed over. */
export function* tensorsIn(value: unknown): Generator<Owned> {
  if (value === null || typeof value !== 'object') return;
  if (isOwned(value)) {
    yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* tensorsIn(item);
  } else if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
    for (const item of Object.values(value)) yield* tensorsIn(item);
  }
}

function isOwned(value: object): value is Owned {
  return Symbol.dispose in value && 'device' in value && 'disposed' in value;
}
