export { hasText, phononDos, structure, text } from '../losses.ts';
