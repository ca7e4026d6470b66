import type { Device } from '@bravais/tensor-core';
import type { DeviceRequest } from '../services/services';
import type { Session } from './session';

/** Opens a device for `work` and closes it however that ends. */
export async function withDevice<T>(
  { services, output }: Session,
  { device: choice, memoryBudget }: DeviceRequest,
  work: (device: Device) => Promise<T>,
): Promise<T> {
  const device = await services.openDevice({
    device: choice,
    ...(memoryBudget === undefined ? {} : { memoryBudget }),
  });
  try {
    output.talk(`computing on ${device.adapter.description} (${device.adapter.kind})`);
    return await work(device);
  } finally {
    device.destroy();
  }
}
