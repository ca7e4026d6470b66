export { records, structure } from './datasets.ts';
