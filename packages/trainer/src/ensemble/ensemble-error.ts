/** Stable codes of {@link EnsembleError}; messages may be reworded, codes may not. */
export type EnsembleErrorCode =
  /** Configs of members differ in more than the seed. */
  | 'CONFIG'
  /** Two members have one seed. */
  | 'SEED';

/** Models that are no ensemble: `<member>: <expected>, got <what came>. <what to do>`. */
export class EnsembleError extends Error {
  override readonly name: string = 'EnsembleError';
  constructor(
    readonly code: EnsembleErrorCode,
    message: string,
  ) {
    super(message);
  }
}
