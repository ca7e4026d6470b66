export {
  type DriverChoice,
  defaultThreads,
  type LoadDawnOptions,
  loadDawn,
  WebGpuLoadError,
  WebGpuMissingError,
  waitFor,
} from './node/index';
export { type NodeDeviceOptions, openDevice } from './node/open-device';
