/** Stable codes of {@link InterpretError}; messages may be reworded, codes may not. */
export type InterpretErrorCode = 'SHAPE' | 'NOT_FINITE' | 'ARGUMENT';

/** Embeddings or labels that cannot be measured: `<measure>: <expected>, got <what came>. <what to do>`. */
export class InterpretError extends Error {
  override readonly name: string = 'InterpretError';
  constructor(
    readonly code: InterpretErrorCode,
    message: string,
  ) {
    super(message);
  }
}
