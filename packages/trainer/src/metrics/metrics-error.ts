import { CodedError } from '../coded-error';

/** Stable codes of {@link MetricsError}; messages may be reworded, codes may not. */
export type MetricsErrorCode = 'LINE' | 'NAME' | 'UNREADABLE' | 'SHAPE' | 'NOT_FINITE';

/** A metrics line that cannot be read or written, or numbers that have no score: `<what>: <expected>, got <what came>. <what to do>`. */
export class MetricsError extends CodedError<MetricsErrorCode> {
  override readonly name: string = 'MetricsError';
}
