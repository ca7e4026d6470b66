export { type ConformalInterval, conformalInterval, conformalRadius } from './conformal';
export { type EnsembleMoments, ensembleMoments } from './ensemble-moments';
export { type IntervalQuality, intervalQuality } from './interval-quality';
export { type MeanInterval, meanInterval } from './mean-interval';
export { distancesAmong, fitNoveltyThreshold, neighborDistances } from './novelty';
export { type PairedDifference, pairedDifference } from './paired-difference';
export { studentQuantile } from './student-quantile';
export { UncertaintyError, type UncertaintyErrorCode } from './uncertainty-error';
