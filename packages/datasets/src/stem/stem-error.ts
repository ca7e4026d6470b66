/** What went wrong: a zone axis that is none, settings out of range, or a structure with shared sites. */
export type StemErrorCode = 'ZONE_AXIS' | 'STEM_OPTIONS' | 'DISORDERED';

/** An image that cannot be simulated. */
export class StemError extends Error {
  override readonly name: string = 'StemError';
  readonly code: StemErrorCode;

  constructor(code: StemErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
