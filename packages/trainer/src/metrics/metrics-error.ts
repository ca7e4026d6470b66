/** Stable codes of {@link MetricsError}; messages may be reworded, codes may not. */
export type MetricsErrorCode = 'LINE' | 'NAME' | 'UNREADABLE' | 'SHAPE' | 'NOT_FINITE';

/** A metrics line that cannot be read or written, or numbers that have no score: `<what>: <expected>, got <what came>. <what to do>`. */
export class MetricsError extends Error {
  override readonly name: string = 'MetricsError';
  constructor(
    readonly code: MetricsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
