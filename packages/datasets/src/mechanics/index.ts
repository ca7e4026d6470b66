export { chenHardnessGPa, tianHardnessGPa } from './vickers-hardness';
