import { readdirSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { TensorError } from '../errors';
import { type DriverChoice, homeFolder, type Machine, planDrivers } from './driver-plan';
import { setOwnEnvironment, userEnvironment } from './own-environment';
import { WebGpuLoadError, WebGpuMissingError } from './webgpu-errors';

/** Web pages get timestamps in steps of 65 µs, against spying on one another; a profiler in Node may know the time. */
const DAWN_OPTIONS = ['disable-dawn-features=timestamp_quantization'];

/** What {@link loadDawn} may be told. */
export interface LoadDawnOptions {
  /** Which Vulkan drivers Dawn may see on Linux. Default `auto`: hardware first, software where there is none. */
  readonly driver?: DriverChoice;
  /** Threads of the lavapipe software driver, 1 to 32. Default: two per core. `LP_NUM_THREADS` set by the user wins. */
  readonly threads?: number;
  /** Folder with `libvulkan.so.1` and a driver manifest, used before the system's drivers. */
  readonly vulkanLibraryDir?: string;
}

/** Most threads that lavapipe uses (LP_MAX_THREADS in Mesa). */
const maxThreads = 32;
/** glibc's RTLD_NODELETE, which Node does not name. */
const keepLoaded = 0x1000;
/**
 * Every instance made, by the environment it was made in. An instance must outlive its devices: where the garbage
 * collector takes it first, the binding's next poll locks a mutex in freed memory and the thread hangs for ever.
 */
const instances = new Map<string, GPU>();

/**
 * Loads Dawn (npm `webgpu`) and returns its `GPU`, after it has looked for a Vulkan driver that works.
 *
 * The environment is set before the instance is created: `LP_NUM_THREADS`, and where the system has no working
 * driver, `VK_DRIVER_FILES` to a driver in `${XDG_CACHE_HOME:-$HOME/.cache}/bravais/vulkan`. The constants that
 * WebGPU code needs (`GPUBufferUsage`, `GPUMapMode`, ...) are put on `globalThis` where they are missing.
 * Call it on the main thread: a worker's `process.env` does not reach native code.
 * Where no driver works, `requestAdapter()` of the returned `GPU` gives `null`.
 *
 * @throws {@link WebGpuMissingError} where `webgpu` is not installed
 * @throws {@link WebGpuLoadError} where its native library does not load
 * @throws {@link TensorError} code `ARGUMENT` where `threads` is not an integer from 1 to 32
 *
 * @example
 * ```ts
 * const gpu = await loadDawn();
 * const adapter = await gpu.requestAdapter();
 * ```
 */
export async function loadDawn(options: LoadDawnOptions = {}): Promise<GPU> {
  const threads = options.threads ?? defaultThreads(availableParallelism());
  if (!Number.isInteger(threads) || threads < 1 || threads > maxThreads) {
    throw new TensorError(
      'ARGUMENT',
      `loadDawn: threads must be an integer from 1 to ${maxThreads}, got ${threads}. Leave it out for two per core.`,
    );
  }
  const env = userEnvironment();
  const lavapipe: Record<string, string> = env.LP_NUM_THREADS ? {} : { LP_NUM_THREADS: String(threads) };
  const { create, globals } = await importDawn();
  installGlobals(globals);

  const plans = planDrivers(thisMachine(env), options.driver, options.vulkanLibraryDir);
  for (const plan of plans.slice(0, -1)) {
    const gpu = createWith(plan);
    if ((await gpu.requestAdapter()) !== null) return gpu;
  }
  return createWith(plans.at(-1)!);

  function createWith(plan: (typeof plans)[number]): GPU {
    setOwnEnvironment({ ...lavapipe, ...plan.environment });
    if (plan.loader !== undefined) openLibrary(plan.loader);
    const key = JSON.stringify([
      plan.loader,
      Object.entries(process.env).filter(([name]) => /^(VK|LP)_/.test(name)),
    ]);
    const gpu = instances.get(key) ?? create(DAWN_OPTIONS);
    instances.set(key, gpu);
    return gpu;
  }
}

/**
 * Lavapipe cuts a dispatch into one equal chunk per thread without stealing: more threads than cores level the load, but each has to
 * be woken for every dispatch. Two per core: 30 µs a dispatch against 50 at four, and 20 at one.
 *
 * @param cores logical processors that the process may use
 */
export function defaultThreads(cores: number): number {
  return Math.min(2 * cores, maxThreads);
}

async function importDawn(): Promise<typeof import('webgpu')> {
  try {
    return await import('webgpu');
  } catch (cause) {
    throw isMissing(cause) ? new WebGpuMissingError(cause) : new WebGpuLoadError(cause);
  }
}

/** Whether the package itself is missing, not one of the files within it. */
export function isMissing(cause: unknown): boolean {
  if (!(cause instanceof Error) || !('code' in cause)) return false;
  return cause.code === 'ERR_MODULE_NOT_FOUND' && cause.message.includes("'webgpu'");
}

function installGlobals(globals: object): void {
  for (const [name, value] of Object.entries(globals)) {
    if (name.startsWith('GPU') && !(name in globalThis)) {
      Object.defineProperty(globalThis, name, {
        value,
        configurable: true,
        writable: true,
        enumerable: false,
      });
    }
  }
}

function thisMachine(env: Machine['env']): Machine {
  return {
    platform: process.platform,
    env,
    home: homeFolder(),
    canLoad: openLibrary,
    list: (folder) => {
      try {
        return readdirSync(folder).sort();
      } catch {
        return [];
      }
    },
  };
}

/**
 * Opens a shared library for the whole process and keeps it, so that Dawn's own search by bare name finds it.
 * `process.dlopen` takes the library for an add-on and throws, after the library has been opened.
 *
 * @returns whether the library was found
 */
function openLibrary(path: string): boolean {
  try {
    process.dlopen(
      { exports: {} },
      path,
      constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL | keepLoaded,
    );
    return true;
  } catch (error) {
    return error instanceof Error && /self-register/.test(error.message);
  }
}
