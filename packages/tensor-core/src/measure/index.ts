export { type DeviceMeasurement, measureDevice } from './measure-device';
