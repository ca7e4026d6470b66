export { keepThroughStep } from './keep-through-step';
export {
  decodeMetrics,
  encodeMetric,
  encodeTiming,
  type MetricRecord,
  type Split,
  type TimingRecord,
} from './metric-record';
export { MetricsError, type MetricsErrorCode } from './metrics-error';
