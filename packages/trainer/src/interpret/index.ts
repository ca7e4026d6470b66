export { alignment, modalityGap, uniformity } from './alignment-uniformity';
export { effectiveRank } from './effective-rank';
export type { EmbeddingRows } from './embedding-rows';
export { InterpretError, type InterpretErrorCode } from './interpret-error';
export { type KnnAccuracy, knnAccuracy } from './knn-accuracy';
export { type LinearProbe, linearProbe } from './linear-probe';
export { silhouette } from './silhouette';
export { trustworthiness } from './trustworthiness';
