import { CodedError } from '../coded-error';

/** Stable codes of {@link UncertaintyError}; messages may be reworded, codes may not. */
export type UncertaintyErrorCode = 'SHAPE' | 'NOT_FINITE' | 'ARGUMENT';

/** Values that no uncertainty can be given of: `<what>: <expected>, got <what came>. <what to do>`. */
export class UncertaintyError extends CodedError<UncertaintyErrorCode> {
  override readonly name: string = 'UncertaintyError';
}

/** @throws UncertaintyError `NOT_FINITE`, with the first value that is none */
export function requireFinite(what: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      const message = `${what}: every value must be finite, got ${values[i]} at ${i}. Leave out materials without a value.`;
      throw new UncertaintyError('NOT_FINITE', message);
    }
  }
}

/** @throws UncertaintyError `SHAPE` */
export function requireLength(what: string, got: number, expected: number): void {
  if (got !== expected) {
    const message = `${what}: must have ${expected} values like the rest, got ${got}. Pass one a material.`;
    throw new UncertaintyError('SHAPE', message);
  }
}
