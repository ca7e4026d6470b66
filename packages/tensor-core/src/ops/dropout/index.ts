export { dropout, dropoutOp } from './dropout';
export type { DropoutOptions } from './mask';
