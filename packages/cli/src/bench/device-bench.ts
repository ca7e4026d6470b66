import type { Device, DeviceRoofs, ProductSpeed } from '@bravais/tensor-core';
import { measureTraining, type TrainingSpeed } from './training-speed';

/** What a device reaches: at most, in a matrix product, and in training. */
export interface DeviceBench {
  readonly roofs: DeviceRoofs;
  readonly products: readonly ProductSpeed[];
  readonly training: TrainingSpeed;
}

const SIDES = [512, 1024];
const TRAINING_SECONDS = 6;

/** Measures a device in some 20 seconds on two cores; the GPU runs on for a moment where it is interrupted. */
export async function benchDevice(device: Device, signal: AbortSignal): Promise<DeviceBench> {
  const { measureProduct, measureRoofs } = await import('@bravais/tensor-core');
  const roofs = await measureRoofs(device);
  const products: ProductSpeed[] = [];
  for (const side of SIDES) products.push(await measureProduct(device, side));
  device.trim();
  return { roofs, products, training: await measureTraining(device, signal, TRAINING_SECONDS) };
}
