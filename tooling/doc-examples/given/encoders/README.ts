export { ids, lengths } from './masked-token-choice.ts';
export { options } from './masked-token-loss.ts';
export const [batch, length] = [2, 4];
export const maskId = 3;
export const specialIds = [0, 1, 2];
