/** Why a split cannot be made, read or used; stable, safe to switch on. */
export type SplitErrorCode =
  /** Options that cannot be, or that no record fits. */
  | 'SPLIT_OPTIONS'
  /** Two records of one id, or a record without what the split goes by. */
  | 'SPLIT_RECORDS'
  /** A split of other records. */
  | 'SPLIT_MISMATCH'
  /** A text that is no split. */
  | 'SPLIT_INVALID';

/** Thrown where a split cannot be made, read or used: `<where>: <expected>, got <what came>. <what to do>`. */
export class SplitError extends Error {
  override readonly name = 'SplitError';
  constructor(
    readonly code: SplitErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
