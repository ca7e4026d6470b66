import { CodedError } from '../coded-error';

/** Stable codes of {@link InterpretError}; messages may be reworded, codes may not. */
export type InterpretErrorCode = 'SHAPE' | 'NOT_FINITE' | 'ARGUMENT';

/** Embeddings or labels that cannot be measured: `<measure>: <expected>, got <what came>. <what to do>`. */
export class InterpretError extends CodedError<InterpretErrorCode> {
  override readonly name: string = 'InterpretError';
}
