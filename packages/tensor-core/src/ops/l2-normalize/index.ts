export {
  type L2NormalizeAttrs,
  type L2NormalizeOptions,
  l2Normalize,
  l2NormalizeOp,
} from './l2-normalize';
