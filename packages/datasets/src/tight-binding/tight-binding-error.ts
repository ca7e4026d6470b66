/** What went wrong: an element without term values, or a structure with shared sites. */
export type TightBindingErrorCode = 'NO_TERM_VALUES' | 'DISORDERED';

/** A crystal that the tight-binding model cannot describe. */
export class TightBindingError extends Error {
  override readonly name: string = 'TightBindingError';
  readonly code: TightBindingErrorCode;

  constructor(code: TightBindingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
