import { Device } from '../device';
import { waitFor } from '../node';

/**
 * A second device over the same GPU that takes it for hardware, so that tests on a software driver reach the tables and
 * sizes that are meant for GPUs. Its tensors and buffers are its own.
 */
export function asHardware(device: Device): Device {
  return new Device(device.gpu, { ...device.adapter, kind: 'hardware' }, false, { waitFor });
}
