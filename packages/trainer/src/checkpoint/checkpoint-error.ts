/** Stable codes of {@link CheckpointError}; messages may be reworded, codes may not. */
export type CheckpointErrorCode =
  /** The file ends before its contents do. */
  | 'TRUNCATED'
  /** The header is too long, not JSON, or says something a header may not say. */
  | 'HEADER'
  /** A name stands twice in the header. */
  | 'DUPLICATE_NAME'
  /** A number format that is not read here. */
  | 'DTYPE'
  /** Byte ranges overlap, leave a hole, or leave bytes over at the end. */
  | 'OFFSETS'
  /** A byte range, or an array, that does not fit its shape. */
  | 'SIZE'
  /** `trainer-state.json` or `config.json` says something it may not say. */
  | 'STATE'
  /** A file differs from what was written. */
  | 'CHECKSUM'
  /** A file of the checkpoint is not there. */
  | 'MISSING_FILE'
  /** The folder or a file in it cannot be read. */
  | 'UNREADABLE'
  /** Tensors that cannot be stored as asked. */
  | 'ARGUMENT';

/** A checkpoint that cannot be read or written: `<file>: <expected>, got <what came>. <what to do>`. */
export class CheckpointError extends Error {
  override readonly name: string = 'CheckpointError';
  constructor(
    readonly code: CheckpointErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
