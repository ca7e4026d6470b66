import { DataError } from '../data-error';
import type { JsonLine } from './json-lines';

function invalid(line: JsonLine, key: string, expected: string): DataError {
  const value = line.value[key];
  const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
  return new DataError(
    'DATA_INVALID',
    line.where,
    `"${key}" must be ${expected}, got ${got}. Check that the file has the documented columns.`,
  );
}

/** A string field. */
export function stringField(line: JsonLine, key: string): string {
  const value = line.value[key];
  if (typeof value !== 'string') throw invalid(line, key, 'a string');
  return value;
}

/** A finite number field. */
export function numberField(line: JsonLine, key: string): number {
  const value = line.value[key];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(line, key, 'a finite number');
  return value;
}

/** A field that is true or false. */
export function booleanField(line: JsonLine, key: string): boolean {
  const value = line.value[key];
  if (typeof value !== 'boolean') throw invalid(line, key, 'true or false');
  return value;
}

/** A non-negative integer field. */
export function indexField(line: JsonLine, key: string): number {
  const value = line.value[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw invalid(line, key, 'a whole number from 0');
  return value;
}

/** An array of finite numbers, of this length when one is given. */
export function numbersField(line: JsonLine, key: string, length?: number): number[] {
  const value = line.value[key];
  const fits =
    Array.isArray(value) && value.every(Number.isFinite) && (length === undefined || value.length === length);
  if (!fits)
    throw invalid(line, key, length === undefined ? 'a list of numbers' : `a list of ${length} numbers`);
  return value as number[];
}

/** An array of strings. */
export function stringsField(line: JsonLine, key: string): string[] {
  const value = line.value[key];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw invalid(line, key, 'a list of strings');
  return value as string[];
}

/** A nested object as a line of its own, for the functions here. */
export function objectField(line: JsonLine, key: string): JsonLine {
  const value = line.value[key];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(line, key, 'an object');
  return { value: value as Record<string, unknown>, where: line.where };
}

/** The finite numbers among these fields (all fields when no names are given), others left out. */
export function numericFields(
  line: JsonLine,
  keys: readonly string[] = Object.keys(line.value),
): Record<string, number> {
  const found: Record<string, number> = {};
  for (const key of keys) {
    const value = line.value[key];
    if (typeof value === 'number' && Number.isFinite(value)) found[key] = value;
  }
  return found;
}

/** One of the given words. */
export function wordField<const Word extends string>(
  line: JsonLine,
  key: string,
  words: readonly Word[],
): Word {
  const word = words.find((candidate) => candidate === line.value[key]);
  if (word === undefined) throw invalid(line, key, `one of ${words.join(', ')}`);
  return word;
}

/** The name of the class whose number stands in the field `label`. */
export function classField<const Name extends string>(line: JsonLine, classes: readonly Name[]): Name {
  const name = classes[indexField(line, 'label')];
  if (name === undefined) throw invalid(line, 'label', `a class from 0 to ${classes.length - 1}`);
  return name;
}

/** A string field that may be null: undefined then. */
export function optionalStringField(line: JsonLine, key: string): string | undefined {
  return line.value[key] === null || line.value[key] === undefined ? undefined : stringField(line, key);
}
