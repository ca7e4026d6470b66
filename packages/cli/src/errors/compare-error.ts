/** Stable codes of {@link CompareError}. */
export type CompareErrorCode = 'EVALUATION' | 'POOL' | 'SEEDS';

/** Evaluations that cannot be compared. */
export class CompareError extends Error {
  override readonly name: string = 'CompareError';
  constructor(
    readonly code: CompareErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
