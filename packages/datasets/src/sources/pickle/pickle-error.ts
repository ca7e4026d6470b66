import { FormatError } from '../../formats/format-error';

/** Where a pickle is read from. */
export interface PicklePlace {
  readonly file: string;
  /** Of the opcode, from the beginning of the pickle. */
  position: number;
}

/** The error for a pickle: names the file and the byte. */
export function pickleError(
  code: FormatError['code'],
  { file, position }: PicklePlace,
  expected: string,
  got: string,
): FormatError {
  const remedy =
    code === 'DATA_UNSUPPORTED'
      ? 'Save plain numbers, strings, lists, dictionaries and tensors.'
      : 'Save the file again; if it comes from a stranger, do not open it elsewhere.';
  return new FormatError(code, { file }, { expected: `${expected} at byte ${position}`, got, remedy });
}
