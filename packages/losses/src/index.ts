export type { AlignmentLoss } from './alignment-loss';
export { allPairsClip } from './all-pairs-clip';
export { type AnchoredClipOptions, anchoredClip } from './anchored-clip';
export { type BarlowTwinsOptions, barlowTwins } from './barlow-twins';
export { type BarlowTwins3dOptions, barlowTwins3d } from './barlow-twins-3d';
export type { CachedBatch } from './cached/cached-batch';
export { cachedFlatGradient } from './cached/cached-flat-gradient';
export { cachedValueAndGrad } from './cached/cached-value-and-grad';
export { joinParts } from './cached/join-parts';
export { lossGradient } from './cached/loss-gradient';
export { partGradient } from './cached/part-gradient';
export { type ClipOptions, clip, type LogitScale, MAX_LOG_SCALE } from './clip';
export { type DiagnosticsOptions, diagnostics } from './diagnostics';
export type { Embeddings } from './embeddings';
export { LossError, type LossErrorCode } from './errors';
export { type GramOptions, gram } from './gram';
export type { TwoEqual } from './ops/trilinear/barlow/targets';
export {
  type TrilinearCrossEntropyOptions,
  trilinearCrossEntropy,
} from './ops/trilinear/tensor-clip';
export type { TripleNegatives } from './ops/trilinear/tensor-clip/negatives';
export type { TrilinearOptions, TrilinearVariant } from './ops/trilinear/variant';
export type { Presence } from './presence';
export { type SiglipOptions, siglip } from './siglip';
export {
  type TensorClipNegatives,
  type TensorClipOptions,
  type TensorClipSettings,
  tensorClip,
} from './tensor-clip';
export { type TopSingularOptions, topSingular } from './top-singular';
