export {
  type BalancedReaction,
  balanceReaction,
  EXCHANGED_IN_AIR,
  type ExchangedSubstance,
  type ReactionTerm,
  reactionText,
} from './balance-reaction';
export { ChemistryError, type ChemistryErrorCode } from './chemistry-error';
export { type ExactComposition, parseFormula } from './parse-formula';
export type { Rational } from './rational';
