export { broadcastTo, broadcastToOp } from './broadcast-to';
export { concat, concatOp, stack } from './concat';
export { flip, flipOp } from './flip';
export { pad, padOp } from './pad';
export type { PadWidth } from './pad-forward';
export { permute, permuteOp, transpose } from './permute';
export { slice, sliceOp, split } from './slice';
export type { SliceRange } from './slice-forward';
