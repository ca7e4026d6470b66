import { type PicklePlace, pickleError } from './pickle-error';
import type { PickleValue } from './pickle-value';

/**
 * Refuses values that contain themselves: whoever walks over them would never come to an end. Each value is looked at once, however often
 * it is shared, and without recursion.
 *
 * @throws FormatError `DATA_INVALID`
 */
export function refuseCycles(root: PickleValue, place: PicklePlace): void {
  const open = new Set<PickleValue>();
  const done = new Set<PickleValue>();
  const stack: { value: PickleValue; rest: Iterator<PickleValue> }[] = [];
  const enter = (value: PickleValue): void => {
    if (typeof value !== 'object' || value === null || done.has(value)) return;
    const rest = childrenOf(value);
    if (rest === undefined) return;
    if (open.has(value))
      throw pickleError(
        'DATA_INVALID',
        place,
        'a value of finite depth expected',
        'one that contains itself',
      );
    open.add(value);
    stack.push({ value, rest });
  };
  enter(root);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.rest.next();
    if (!next.done) enter(next.value);
    else {
      open.delete(top.value);
      done.add(top.value);
      stack.pop();
    }
  }
}

function childrenOf(value: PickleValue): Iterator<PickleValue> | undefined {
  if (Array.isArray(value)) return value.values();
  if (value instanceof Set) return value.values();
  return value instanceof Map ? mapChildren(value) : undefined;
}

function* mapChildren(map: Map<PickleValue, PickleValue>): Generator<PickleValue, void, undefined> {
  for (const [key, value] of map) {
    yield key;
    yield value;
  }
}
