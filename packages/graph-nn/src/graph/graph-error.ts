/** Stable codes of {@link GraphError}. */
export type GraphErrorCode =
  | 'NO_ATOMS'
  | 'NO_GRAPHS'
  | 'LENGTH_MISMATCH'
  | 'NOT_FINITE'
  | 'OUT_OF_RANGE'
  | 'UNKNOWN_ELEMENT'
  | 'SINGULAR_LATTICE'
  | 'OVERLAPPING_SITES'
  | 'INVALID_OPTION'
  | 'ISOLATED_SITE'
  | 'TOO_MANY_NEIGHBORS';

/**
 * Thrown when a crystal, an option or a batch cannot be made into a graph.
 *
 * The message names the operation, what was expected, what came and what to do; `code` is stable.
 *
 * @example
 * ```ts
 * try {
 *   neighborsWithin(crystal, 5);
 * } catch (error) {
 *   if (error instanceof GraphError && error.code === 'OVERLAPPING_SITES') skip(crystal);
 *   else throw error;
 * }
 * ```
 */
export class GraphError extends Error {
  override readonly name: string = 'GraphError';
  readonly code: GraphErrorCode;

  constructor(code: GraphErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
