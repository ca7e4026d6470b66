export { excerpt } from '../../../../../packages/datasets/src/formats/format-error.ts';
export const file = 'POSCAR';
export const line = '1 two';
