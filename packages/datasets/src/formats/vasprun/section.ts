import { excerpt, FormatError } from '../format-error';
import { NumberScanner } from '../text/scan-numbers';

/** Reads the inside of one element of vasprun.xml. */
export interface Section {
  open(name: string, attributes: string): void;
  close(name: string, text: string): void;
}

const scanner = new NumberScanner();

/** The numbers of an element's text, all of it. */
export function numbersOf(text: string, what: string, file: string): number[] {
  const numbers: number[] = [];
  scanner.scan(text, numbers);
  if (scanner.position === text.length) return numbers;
  throw invalid(file, `finite numbers as ${what} expected`, text.slice(scanner.position));
}

/** Three numbers of a vector. */
export function vectorOf(text: string, what: string, file: string): readonly number[] {
  const numbers = numbersOf(text, what, file);
  if (numbers.length !== 3) throw invalid(file, `three numbers as ${what} expected`, text);
  return numbers;
}

/** The error for a value that cannot be. */
export function invalid(file: string, expected: string, got: string | undefined): FormatError {
  return new FormatError(
    'DATA_INVALID',
    { file },
    { expected, got: excerpt(got?.trim()), remedy: 'Check that the calculation finished.' },
  );
}

/** The error for more than a limit allows. */
export function tooLarge(file: string, expected: string, remedy: string): FormatError {
  return new FormatError('DATA_TOO_LARGE', { file }, { expected, got: 'more', remedy });
}
