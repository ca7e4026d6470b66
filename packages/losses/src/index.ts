export { allPairsClip, type Embeddings, type Presence } from './all-pairs-clip';
export { type BarlowTwins3dOptions, barlowTwins3d } from './barlow-twins-3d';
export type { CachedBatch } from './cached/cached-batch';
export { cachedFlatGradient } from './cached/cached-flat-gradient';
export { cachedValueAndGrad } from './cached/cached-value-and-grad';
export { joinParts } from './cached/join-parts';
export { lossGradient } from './cached/loss-gradient';
export { partGradient } from './cached/part-gradient';
export { type ClipOptions, clip, type LogitScale, MAX_LOG_SCALE } from './clip';
export { LossError, type LossErrorCode } from './errors';
export type { TwoEqual } from './ops/trilinear/barlow/targets';
export {
  type TrilinearCrossEntropyOptions,
  trilinearCrossEntropy,
} from './ops/trilinear/tensor-clip';
export type { TrilinearOptions, TrilinearVariant } from './ops/trilinear/variant';
export { tensorClip } from './tensor-clip';
