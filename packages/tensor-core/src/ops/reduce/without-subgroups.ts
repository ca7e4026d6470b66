import { Device } from '../../device';
import { waitFor } from '../../node';

/**
 * A second device over the same GPU that believes its adapter has neither subgroups of one size nor
 * immediates, so that tests reach the kernels written for such adapters.
 */
export function withoutSubgroups(device: Device): Device {
  return new Device(device.gpu, { ...device.adapter, subgroupSize: null }, false, { waitFor });
}
