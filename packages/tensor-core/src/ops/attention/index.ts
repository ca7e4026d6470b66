export { type AttentionAttrs, type AttentionOptions, attention, attentionOp } from './attention';
export type { CountedTokens } from './operands';
export { tokenWeights } from './token-weights';
