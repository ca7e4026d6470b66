export { gatherRows, gatherRowsOp } from './gather-rows';
export { type InverseIndex, invertIndex } from './invert-index';
export { pickPerRow, pickPerRowOp } from './pick-per-row';
