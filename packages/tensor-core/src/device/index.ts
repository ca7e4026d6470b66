export { type AdapterDescription, describeAdapter } from './describe';
export { Device, type DeviceOptions, type DeviceStats, type LaunchRequest, type TraceEvent } from './device';
export { type OpenDeviceOptions, openDevice } from './open-device';
