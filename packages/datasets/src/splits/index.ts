export { type AppliedSplit, applySplit } from './apply-split';
export { createSplit, type SplitSources } from './create-split';
export {
  type LeakageOptions,
  type LeakageReport,
  leakageReport,
  partsOf,
  type RepeatedId,
  type SharedFormulas,
} from './leakage-report';
export { leakageText } from './leakage-text';
export type { NearDuplicate } from './near-duplicates';
export { fingerprintDifference, type NeighborFingerprint, neighborFingerprint } from './neighbor-fingerprint';
export { prototypeOf } from './prototype';
export { SplitError, type SplitErrorCode } from './split-error';
export { splitOfJson, splitToJson } from './split-file';
export type { SplitFractions, SplitKind, SplitOptions } from './split-options';
export type { SplitRecord } from './split-record';
export type { DataSplit } from './split-value';
