export { type CapturedStep, capture } from './capture';
export type { CaptureOptions, CaptureStats } from './captured-step';
export type { CaptureFallback, FallbackCause } from './fallback';
export type { HostInputs, HostValues } from './inputs';
