export { parameters, parts } from './cached.ts';
export const step = 3;
