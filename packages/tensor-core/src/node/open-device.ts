import { type Device, type OpenDeviceOptions, openDevice as openOn } from '../device';
import { type LoadDawnOptions, loadDawn } from './load-dawn';
import { waitFor } from './wait-for';

/** Options of Node's {@link openDevice}. */
export interface NodeDeviceOptions
  extends Omit<OpenDeviceOptions, 'gpu' | 'waiterFor'>,
    Pick<LoadDawnOptions, 'threads' | 'vulkanLibraryDir'> {}

/**
 * Opens a GPU in Node through Dawn (npm `webgpu`): hardware first, then a software Vulkan driver, for which
 * threads and waiting are set up as it needs.
 *
 * @throws {DeviceError} `NO_ADAPTER`, with the command that installs a driver
 *
 * @example
 * ```ts
 * import { openDevice } from '@bravais/tensor-core/node';
 * const device = await openDevice();
 * console.log(device.adapter.description);
 * ```
 */
export async function openDevice(options: NodeDeviceOptions = {}): Promise<Device> {
  const { threads, vulkanLibraryDir, ...rest } = options;
  const gpu = await loadDawn({
    driver: options.adapter ?? 'auto',
    ...(threads === undefined ? {} : { threads }),
    ...(vulkanLibraryDir === undefined ? {} : { vulkanLibraryDir }),
  });
  return openOn({
    ...rest,
    gpu,
    waiterFor: ({ kind }) => (kind === 'software' ? waitFor : (promise) => promise),
  });
}
