/** Tokens that stand for no text, with the ids 0 to 4. */
export const SPECIAL_TOKENS: readonly ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  '[MASK]',
];
