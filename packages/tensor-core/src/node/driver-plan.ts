import { homedir, userInfo } from 'node:os';
import { posix } from 'node:path';

/** Which Vulkan drivers Dawn may see on Linux; other systems have one fixed backend (Metal, Direct3D 12). */
export type DriverChoice = 'auto' | 'hardware' | 'software';

/** What the driver search asks of the machine. */
export interface Machine {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Home folder, used where the XDG variables are not set. */
  readonly home: string;
  /** Names in a folder, sorted; none if it cannot be read. */
  list(folder: string): readonly string[];
  /** Whether the dynamic linker finds the shared library by its bare name. */
  canLoad(library: string): boolean;
}

/** One way to reach a Vulkan driver: set `environment`, pre-load `loader`, then create the Dawn instance. */
export interface DriverPlan {
  /** `system`, or the folder that holds the driver. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Path of the Vulkan loader to open first, where the system has none. */
  readonly loader?: string;
}

const loaderName = 'libvulkan.so.1';
const softwareDriver = /lvp|lavapipe|swiftshader/i;

/**
 * The driver plans worth trying, best first; never empty.
 *
 * `auto`: the system's drivers as they are, then each driver folder in the cache. `hardware`: the system's
 * drivers without lavapipe and SwiftShader. `software`: the system's software drivers, then the cache, and where there
 * is neither, no driver at all.
 * Drivers named by the user (`VK_DRIVER_FILES`, `VK_ICD_FILENAMES`) are never overruled.
 *
 * @param libraryDir a folder with `libvulkan.so.1` and a driver manifest `*icd*.json`, used before all else
 */
export function planDrivers(
  machine: Machine,
  choice: DriverChoice = 'auto',
  libraryDir?: string,
): readonly DriverPlan[] {
  const system: DriverPlan = { name: 'system', environment: {} };
  if (machine.platform !== 'linux') return [system];

  const systemLoader = machine.canLoad(loaderName);
  const folders = libraryDir === undefined ? cachedDrivers(machine) : [libraryDir];
  const bundled = folders.flatMap((folder) => bundledPlan(machine, folder, systemLoader));

  if (machine.env.VK_DRIVER_FILES || machine.env.VK_ICD_FILENAMES) {
    const loader = bundled[0]?.loader;
    return [loader === undefined ? system : { ...system, loader }];
  }
  if (choice === 'hardware') {
    if (machine.env.VK_LOADER_DRIVERS_DISABLE) return [system];
    return [{ ...system, environment: { VK_LOADER_DRIVERS_DISABLE: '*lvp*,*swiftshader*' } }];
  }
  const manifests = systemLoader ? systemManifests(machine) : [];
  const offered = choice === 'auto' ? manifests : manifests.filter((path) => softwareDriver.test(path));
  const environment = choice === 'auto' ? {} : driverFiles(offered);
  const own = offered.length > 0 ? [{ ...system, environment }] : [];
  const plans = libraryDir === undefined ? [...own, ...bundled] : [...bundled, ...own];
  if (plans.length > 0) return plans;
  return [choice === 'auto' ? system : { ...system, environment: { VK_LOADER_DRIVERS_DISABLE: '*' } }];
}

/** `${XDG_CACHE_HOME:-$HOME/.cache}/bravais/vulkan`: one folder for each software driver put there by set-up. */
export function driverCache(machine: Pick<Machine, 'env' | 'home'>): string {
  return posix.join(machine.env.XDG_CACHE_HOME || posix.join(machine.home, '.cache'), 'bravais', 'vulkan');
}

/** The user's home folder, also where `HOME` is set to nothing. */
export function homeFolder(): string {
  return homedir() || userInfo().homedir;
}

function cachedDrivers(machine: Machine): readonly string[] {
  const cache = driverCache(machine);
  return machine.list(cache).map((name) => posix.join(cache, name));
}

function bundledPlan(machine: Machine, folder: string, systemLoader: boolean): DriverPlan[] {
  const names = machine.list(folder);
  const manifests = names.filter(isManifest).map((name) => posix.join(folder, name));
  const hasLoader = names.includes(loaderName);
  if (manifests.length === 0 || !(systemLoader || hasLoader)) return [];
  const plan = { name: folder, environment: driverFiles(manifests) };
  return [systemLoader ? plan : { ...plan, loader: posix.join(folder, loaderName) }];
}

/** The manifests that a Vulkan loader reads when nothing is set, in its documented search order. */
function systemManifests(machine: Machine): readonly string[] {
  const { env, home } = machine;
  const roots = [
    env.XDG_CONFIG_HOME || posix.join(home, '.config'),
    ...(env.XDG_CONFIG_DIRS || '/etc/xdg').split(':'),
    '/usr/local/etc',
    '/etc',
    env.XDG_DATA_HOME || posix.join(home, '.local/share'),
    ...(env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':'),
  ];
  return roots.flatMap((root) => {
    const folder = posix.join(root, 'vulkan', 'icd.d');
    return machine
      .list(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => posix.join(folder, name));
  });
}

function isManifest(name: string): boolean {
  return name.endsWith('.json') && /icd/i.test(name);
}

/** Loaders before 1.3.207 know only the second name. */
function driverFiles(manifests: readonly string[]): Record<string, string> {
  const files = manifests.join(':');
  return { VK_DRIVER_FILES: files, VK_ICD_FILENAMES: files };
}
