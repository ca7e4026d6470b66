/** Stable codes of {@link GraphPreparationError}; messages may be reworded, codes may not. */
export type GraphPreparationErrorCode =
  /** An option that is not what it must be. */
  | 'OPTION'
  /** The file of the worker threads cannot be found. */
  | 'WORKER_MISSING'
  /** A worker thread ended before its work did. */
  | 'WORKER_FAILED'
  /** Stored graphs that cannot be those of the crystals. */
  | 'DAMAGED';

/** Graphs of a data set cannot be made or read, whatever its crystals: `<where>: <expected>, got <what came>. <what to do>`. */
export class GraphPreparationError extends Error {
  override readonly name: string = 'GraphPreparationError';
  constructor(
    readonly code: GraphPreparationErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
