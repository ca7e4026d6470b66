export {
  type InfoNceAttrs,
  type InfoNceOptions,
  infoNce,
  infoNceOp,
} from './info-nce';
export type { Direction } from './request';
export { MAX_LOG_SCALE } from './scale';
