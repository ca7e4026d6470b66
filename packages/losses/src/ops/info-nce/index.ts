export { type InfoNceAttrs, infoNce, infoNceOp } from './info-nce';
export { MAX_LOG_SCALE } from './scale';
