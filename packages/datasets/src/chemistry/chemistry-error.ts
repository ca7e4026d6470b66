/** What is wrong with a formula or a reaction; stable, safe to switch on. */
export type ChemistryErrorCode =
  /** Not a formula: an unknown element, a bracket without its partner, a stray character. */
  | 'FORMULA_SYNTAX'
  /** An amount is a variable, such as x or δ. */
  | 'FORMULA_VARIABLE'
  /** More characters, brackets or digits than a formula has. */
  | 'FORMULA_TOO_LARGE'
  /** No amounts of these substances conserve every element. */
  | 'REACTION_UNBALANCED'
  /** Infinitely many amounts do. */
  | 'REACTION_AMBIGUOUS';

/** Thrown where a formula cannot be read or a reaction cannot be balanced; `code` is stable. */
export class ChemistryError extends Error {
  override readonly name: string = 'ChemistryError';
  readonly code: ChemistryErrorCode;

  constructor(code: ChemistryErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
