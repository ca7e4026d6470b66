export * from './calibration';
export * from './checkpoint';
export * from './config';
export * from './controls';
export * from './data';
export * from './ensemble';
export * from './explain';
export * from './groups';
export * from './interpret';
export {
  decodeMetrics,
  encodeMetric,
  encodeTiming,
  keepThroughStep,
  type MetricRecord,
  MetricsError,
  type MetricsErrorCode,
  type TimingRecord,
} from './metrics';
export * from './model';
export * from './retrieval';
export * from './study';
export * from './targets';
export * from './training';
export * from './uncertainty';
