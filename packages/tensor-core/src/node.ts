export {
  type DriverChoice,
  defaultThreads,
  isSoftwareAdapter,
  type LoadDawnOptions,
  loadDawn,
  WebGpuLoadError,
  WebGpuMissingError,
  waitFor,
  waiterFor,
} from './node/index';
export { type NodeDeviceOptions, openDevice } from './node/open-device';
