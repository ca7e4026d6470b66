/** Stable codes of {@link LossError}. */
export type LossErrorCode =
  | 'SHAPE'
  | 'TOO_FEW_MODALITIES'
  | 'TOO_MANY_MODALITIES'
  | 'UNKNOWN_MODALITY'
  | 'OPTION';

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
