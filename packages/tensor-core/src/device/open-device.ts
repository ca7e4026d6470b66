import { DeviceError } from '../errors';
import { type AdapterDescription, describeAdapter } from './describe';
import { Device } from './device';
import type { DeviceOptions } from './requests';

export interface OpenDeviceOptions extends Omit<DeviceOptions, 'waitFor'> {
  /** Chooses how GPU promises are waited for on this adapter. Default: `await`. */
  readonly waiterFor?: (adapter: AdapterDescription) => NonNullable<DeviceOptions['waitFor']>;
  /** The WebGPU entry point. Default: the page's `navigator.gpu`. */
  readonly gpu?: GPU;
  /** `auto` takes hardware where there is any, else a software driver. */
  readonly adapter?: 'auto' | 'hardware' | 'software';
  /** Features to open the device with besides those that kernels use, where the adapter has them; for measurements. */
  readonly features?: readonly string[];
}

const WANTED_FEATURES = ['subgroups', 'timestamp-query', 'shader-f16'] as const;
const RAISED_LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxImmediateSize',
] as const;

/** Bytes of immediates the kernels rely on where the implementation has them at all. */
const IMMEDIATE_BYTES = 64;

/**
 * Opens a GPU: hardware first, then a software driver, with the features the kernels can use and the limits
 * the adapter offers.
 *
 * @throws {DeviceError} `NO_WEBGPU` where the platform has no WebGPU, `NO_ADAPTER` where it has no adapter;
 * both say what to do.
 */
export async function openDevice(options: OpenDeviceOptions = {}): Promise<Device> {
  const gpu = options.gpu ?? globalThis.navigator?.gpu;
  if (!gpu) {
    throw new DeviceError(
      'NO_WEBGPU',
      'openDevice: navigator.gpu must exist, and it does not. In a page: use a current Chrome, Edge, Safari or Firefox over https or localhost. In Node: import openDevice from @bravais/tensor-core/node.',
    );
  }
  const adapter = await findAdapter(gpu, options.adapter ?? 'auto');
  const description = describeAdapter(adapter);
  const wanted: readonly string[] = [...WANTED_FEATURES, ...(options.features ?? [])];
  const requiredFeatures = wanted.filter((feature) => adapter.features.has(feature)) as GPUFeatureName[];
  const requiredLimits: Record<string, number> = {};
  for (const name of RAISED_LIMITS) {
    const offered = description.limits[name];
    if (offered !== undefined) requiredLimits[name] = offered;
  }
  const gpuDevice = await adapter.requestDevice({ label: 'bravais', requiredFeatures, requiredLimits });
  const immediates =
    gpu.wgslLanguageFeatures.has('immediate_address_space') &&
    (requiredLimits.maxImmediateSize ?? 0) >= IMMEDIATE_BYTES;
  const { waiterFor, ...rest } = options;
  return new Device(
    gpuDevice,
    description,
    immediates,
    waiterFor ? { ...rest, waitFor: waiterFor(description) } : rest,
  );
}

async function findAdapter(gpu: GPU, wanted: 'auto' | 'hardware' | 'software'): Promise<GPUAdapter> {
  // A fallback adapter need not be marked as one (lavapipe is not), so the plain request comes first for software too.
  const requests: GPURequestAdapterOptions[] = [
    { powerPreference: 'high-performance' },
    { forceFallbackAdapter: true },
  ];
  for (const request of requests) {
    const adapter = await gpu.requestAdapter(request);
    if (adapter && (wanted === 'auto' || describeAdapter(adapter).kind === wanted)) return adapter;
  }
  throw new DeviceError(
    'NO_ADAPTER',
    `openDevice: a ${wanted === 'auto' ? '' : `${wanted} `}WebGPU adapter must exist, and none was found. On Linux install a Vulkan driver (Debian or Ubuntu: apt-get install mesa-vulkan-drivers libvulkan1, Mesa 24 or newer); in Chrome on Linux start it with --enable-unsafe-webgpu; elsewhere update the graphics driver.`,
  );
}
