/** What is wrong with a crystal structure; stable, safe to switch on. */
export type StructureErrorCode =
  | 'NO_ATOMS'
  | 'TOO_MANY_ATOMS'
  | 'SHAPE_MISMATCH'
  | 'NON_FINITE'
  | 'OUT_OF_RANGE'
  | 'SINGULAR_LATTICE'
  | 'INVALID_CELL'
  | 'UNKNOWN_ELEMENT'
  | 'INVALID_OCCUPANCY'
  | 'OVERLAPPING_SITES'
  | 'NOT_ORDERED'
  | 'INVALID_SUPERCELL';

/**
 * Thrown where a crystal structure is impossible. The message reads
 * `<where> <what was expected>, got <what came>. <what to do>`.
 *
 * @example
 * ```ts
 * try {
 *   createStructure({ latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3], fracCoords: [], atomicNumbers: [] });
 * } catch (error) {
 *   if (error instanceof StructureError && error.code === 'NO_ATOMS') console.log(error.message);
 * }
 * ```
 */
export class StructureError extends Error {
  override readonly name = 'StructureError';
  readonly code: StructureErrorCode;
  /** `file:line` the structure came from, when known. */
  readonly where: string | undefined;

  constructor(code: StructureErrorCode, message: string, where?: string, options?: ErrorOptions) {
    super(where === undefined ? message : `${where} ${message}`, options);
    this.code = code;
    this.where = where;
  }
}
