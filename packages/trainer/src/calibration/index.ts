export { type Calibration, DEFAULT_LEVEL } from './calibration';
export { FLAGGED_PERCENTILE, type Novelty, type NoveltyReference } from './novelty-reference';
export type { PredictionInterval } from './prediction-interval';
export { storedCalibration, withCalibration } from './stored-calibration';
