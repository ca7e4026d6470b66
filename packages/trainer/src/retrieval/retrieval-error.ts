import { CodedError } from '../coded-error';

/** Stable codes of {@link RetrievalError}; messages may be reworded, codes may not. */
export type RetrievalErrorCode = 'SHAPE' | 'NOT_FINITE' | 'ARGUMENT';

/** Embeddings that cannot be ranked: `retrieval: <expected>, got <what came>. <what to do>`. */
export class RetrievalError extends CodedError<RetrievalErrorCode> {
  override readonly name: string = 'RetrievalError';
}
