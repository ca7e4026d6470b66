export { type BootstrapOptions, bootstrapMean, type Interval } from './bootstrap-mean';
export { evaluatePairs, type ModalityEmbeddings, type PairReport } from './evaluate-pairs';
export { type MatchRanks, rankMatches } from './rank-matches';
export { RetrievalError, type RetrievalErrorCode } from './retrieval-error';
export { retrievalMetrics } from './retrieval-metrics';
export {
  chanceScores,
  type RetrievalScores,
  recallByQuery,
  reciprocalRankByQuery,
  retrievalScores,
} from './retrieval-scores';
