export { type BootstrapOptions, bootstrapMean, type Interval } from './bootstrap-mean';
export { bootstrapMedian } from './bootstrap-median';
export { evaluatePairs, type ModalityEmbeddings, type PairReport } from './evaluate-pairs';
export { rankCorrected } from './hubness';
export { type MatchRanks, rankMatches } from './rank-matches';
export { RetrievalError, type RetrievalErrorCode } from './retrieval-error';
export { retrievalMetrics } from './retrieval-metrics';
export {
  chanceOf,
  chanceScores,
  type RetrievalScores,
  rankByQuery,
  recallByQuery,
  reciprocalRankByQuery,
  retrievalScores,
} from './retrieval-scores';
export { retrievalVariants, type VariantName, type VariantReport } from './retrieval-variants';
