export { MemoryBudgetError } from '../runtime/memory-budget-error';
export type { LaunchProfile, LaunchTotals, LayerProfile } from '../runtime/profiler';
export { type AdapterDescription, describeAdapter, type SubgroupMatrixConfig } from './describe';
export { Device } from './device';
export { type OpenDeviceOptions, openDevice } from './open-device';
export type { Profile } from './profile';
export type { DeviceOptions, DeviceStats, LaunchRequest, TraceEvent } from './requests';
