export { alignment, modalityGap, uniformity } from './alignment-uniformity';
export { effectiveRank } from './effective-rank';
export type { EmbeddingRows } from './embedding-rows';
export {
  type IntegratedGradients,
  integratedGradients,
  type PathInput,
  type PathInputs,
  type PathOptions,
} from './integrated-gradients';
export { InterpretError, type InterpretErrorCode } from './interpret-error';
export { type KnnAccuracy, knnAccuracy } from './knn-accuracy';
export { type LinearProbe, linearProbe } from './linear-probe';
export { type PrincipalComponents, principalComponents } from './principal-components';
export { silhouette } from './silhouette';
export { similarElements } from './similar-elements';
export { trustworthiness } from './trustworthiness';
