/** Why there is no symmetry; stable, safe to switch on. */
export type SymmetryErrorCode = 'SYMMETRY_NOT_FOUND' | 'SYMMETRY_TOO_LARGE' | 'SYMMETRY_UNAVAILABLE';

/**
 * Thrown where the symmetry of a structure cannot be found: no consistent group at this tolerance, too many sites, or the
 * WebAssembly module that finds it did not load. The message reads `findSymmetry: <expected>, got <what came>. <what to do>`.
 */
export class SymmetryError extends Error {
  override readonly name = 'SymmetryError';
  readonly code: SymmetryErrorCode;

  constructor(code: SymmetryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
