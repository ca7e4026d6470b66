export type { DriverChoice } from './driver-plan';
export { defaultThreads, type LoadDawnOptions, loadDawn } from './load-dawn';
export { waitFor } from './wait-for';
export { WebGpuLoadError, WebGpuMissingError } from './webgpu-errors';
