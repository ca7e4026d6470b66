/** Stable codes of {@link TrainingError}. */
export type TrainingErrorCode =
  | 'DIVERGED'
  | 'EMPTY_SPLIT'
  | 'RESUME_MISMATCH'
  | 'INIT_MISSING'
  | 'TOKENIZER_MISMATCH'
  | 'NOT_CALIBRATED';

/** A run cannot start or go on. */
export class TrainingError extends Error {
  override readonly name: string = 'TrainingError';
  constructor(
    readonly code: TrainingErrorCode,
    message: string,
  ) {
    super(message);
  }
}
