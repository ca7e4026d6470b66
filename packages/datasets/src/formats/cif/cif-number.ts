import { excerpt, FormatError } from '../format-error';
import { type CifBlock, type CifValue, isMissing, knownValue } from './cif-block';

/** A number with its standard uncertainty in brackets, which is dropped; the closing bracket is sometimes missing. */
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?:\(\d*\.?\d*\)?)?$/;
const MAX_LENGTH = 64;

/** `5.431(2)` as 5.431; `undefined` where it is no finite number. */
export function cifNumber(text: string): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const digits = NUMBER.exec(text.trim())?.[1];
  const value = digits === undefined ? Number.NaN : Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

/** Number of this name in a block; `undefined` where it is missing, `?` or `.`. */
export function blockNumber(block: CifBlock, name: string, file: string): number | undefined {
  const value = knownValue(block, [name]);
  return value === undefined ? undefined : requiredNumber(value, name, file);
}

/**
 * Number of a value that must be one.
 *
 * @throws FormatError `DATA_INVALID` with the line
 */
export function requiredNumber(value: CifValue, name: string, file: string): number {
  const number = isMissing(value) ? undefined : cifNumber(value.text);
  if (number !== undefined) return number;
  throw new FormatError(
    'DATA_INVALID',
    { file, line: value.line },
    {
      expected: `a number for ${name} expected`,
      got: excerpt(value.text),
      remedy: 'Correct or complete the value.',
    },
  );
}
