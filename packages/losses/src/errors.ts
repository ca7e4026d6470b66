/** Stable codes of {@link LossError}. */
export type LossErrorCode = 'SHAPE' | 'TOO_FEW_MODALITIES';

/** A loss was given operands it cannot take. */
export class LossError extends Error {
  override readonly name: string = 'LossError';
  constructor(
    readonly code: LossErrorCode,
    message: string,
  ) {
    super(message);
  }
}
