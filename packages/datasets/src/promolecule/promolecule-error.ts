/** What went wrong: a grid too coarse or too fine, or a structure with shared sites. */
export type PromoleculeErrorCode = 'GRID_SIZE' | 'DISORDERED';

/** A promolecule that cannot be made. */
export class PromoleculeError extends Error {
  override readonly name: string = 'PromoleculeError';
  readonly code: PromoleculeErrorCode;

  constructor(code: PromoleculeErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
