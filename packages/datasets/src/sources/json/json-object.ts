import { DataError } from '../../data-error';

/** An object of untrusted JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, else `DATA_INVALID`. */
export function objectAt(value: unknown, where: string, what: string): JsonObject {
  if (isObject(value)) return value;
  throw mismatch(where, `an object as ${what} expected`, value);
}

/** The value as a list, else `DATA_INVALID`. */
export function listAt(value: unknown, where: string, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw mismatch(where, `a list as ${what} expected`, value);
}

/** The value as a string, else `DATA_INVALID`. */
export function stringAt(value: unknown, where: string, what: string): string {
  if (typeof value === 'string') return value;
  throw mismatch(where, `a string as ${what} expected`, value);
}

/** `rows` rows of three finite numbers, flat; any number of rows where none is given. */
export function rowsOfThree(value: unknown, where: string, what: string, rows?: number): number[] {
  const list = listAt(value, where, what);
  const fits = list.every((row) => Array.isArray(row) && row.length === 3 && row.every(Number.isFinite));
  if (!fits || (rows !== undefined && list.length !== rows)) {
    const got = rows === undefined || list.length === rows ? 'other ones' : list.length;
    throw new DataError(
      'DATA_INVALID',
      where,
      `rows of three numbers as ${what} expected, got ${got}. Check the source.`,
    );
  }
  return list.flat() as number[];
}

/** Finite numbers, a list of any length. */
export function numbersAt(value: unknown, where: string, what: string): readonly number[] {
  const list = listAt(value, where, what);
  const wrong = list.findIndex((item) => !Number.isFinite(item));
  if (wrong >= 0) throw mismatch(where, `finite numbers as ${what} expected`, list[wrong]);
  return list as readonly number[];
}

/** What a path with dots leads to; `undefined` where it leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  // A property may have dots in its own name.
  if (isObject(value) && Object.hasOwn(value, path)) return value[path];
  const [head = '', ...tail] = path.split('.');
  if (!isObject(value) || !Object.hasOwn(value, head)) return undefined;
  return tail.length === 0 ? value[head] : valueAt(value[head], tail.join('.'));
}

/** The error for a value that is not as expected; lists and objects are not looked into, they may be deep. */
export function mismatch(where: string, expected: string, value: unknown): DataError {
  let got = 'nothing';
  if (Array.isArray(value)) got = `a list of ${value.length}`;
  else if (isObject(value))
    got = `an object with ${JSON.stringify(Object.keys(value).slice(0, 5).join(', ')).slice(0, 80)}`;
  else if (value !== undefined) got = JSON.stringify(value)?.slice(0, 60) ?? typeof value;
  return new DataError('DATA_INVALID', where, `${expected}, got ${got}. Check the source.`);
}
