import { describe, expect, it } from 'vitest';
import { driverCache, type Machine, planDrivers } from './driver-plan';

interface FakeMachine {
  platform?: string;
  env?: Record<string, string>;
  folders?: Record<string, string[]>;
  systemLoader?: boolean;
}

function machine({ platform = 'linux', env = {}, folders = {}, systemLoader = true }: FakeMachine): Machine {
  return {
    platform,
    env,
    home: '/home/ada',
    list: (folder) => folders[folder] ?? [],
    canLoad: (library) => systemLoader && library === 'libvulkan.so.1',
  };
}

const icdFolder = '/usr/share/vulkan/icd.d';
const cache = '/home/ada/.cache/bravais/vulkan';
const swiftshader = `${cache}/swiftshader`;
const cached = {
  [cache]: ['swiftshader'],
  [swiftshader]: ['libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json'],
};
const swiftshaderFiles = {
  VK_DRIVER_FILES: `${swiftshader}/vk_swiftshader_icd.json`,
  VK_ICD_FILENAMES: `${swiftshader}/vk_swiftshader_icd.json`,
};

describe('planDrivers', () => {
  it('takes the system as it is, then the cache', () => {
    const plans = planDrivers(machine({ folders: { [icdFolder]: ['intel_icd.json'], ...cached } }));
    expect(plans).toEqual([
      { name: 'system', environment: {} },
      { name: swiftshader, environment: swiftshaderFiles },
    ]);
  });

  it('brings the cached loader where the system has none', () => {
    const plans = planDrivers(
      machine({ systemLoader: false, folders: { [icdFolder]: ['lvp_icd.json'], ...cached } }),
    );
    expect(plans).toEqual([
      { name: swiftshader, environment: swiftshaderFiles, loader: `${swiftshader}/libvulkan.so.1` },
    ]);
  });

  it('goes straight to the cache where a loader but no driver is installed', () => {
    expect(planDrivers(machine({ folders: cached })).map((plan) => plan.name)).toEqual([swiftshader]);
  });

  it('passes over a cache folder that is not complete', () => {
    const folders = { [cache]: ['half', 'empty'], [`${cache}/half`]: ['vk_icd.json'] };
    expect(planDrivers(machine({ systemLoader: false, folders }))).toEqual([
      { name: 'system', environment: {} },
    ]);
  });

  it('never overrules drivers named by the user, but lends a loader', () => {
    const env = { VK_DRIVER_FILES: '/opt/my_icd.json' };
    expect(planDrivers(machine({ env, folders: cached }), 'software')).toEqual([
      { name: 'system', environment: {} },
    ]);
    expect(planDrivers(machine({ env, systemLoader: false, folders: cached }))).toEqual([
      { name: 'system', environment: {}, loader: `${swiftshader}/libvulkan.so.1` },
    ]);
  });

  it('hides software drivers for hardware', () => {
    const [plan, ...others] = planDrivers(
      machine({ folders: { [icdFolder]: ['lvp_icd.json'], ...cached } }),
      'hardware',
    );
    expect(plan?.environment).toEqual({ VK_LOADER_DRIVERS_DISABLE: '*lvp*,*swiftshader*' });
    expect(others).toEqual([]);
  });

  it('names only software drivers for software, lavapipe before SwiftShader', () => {
    const folders = { [icdFolder]: ['intel_icd.json', 'lvp_icd.json'], ...cached };
    const plans = planDrivers(machine({ folders }), 'software');
    expect(plans.map((plan) => plan.environment.VK_DRIVER_FILES)).toEqual([
      `${icdFolder}/lvp_icd.json`,
      swiftshaderFiles.VK_DRIVER_FILES,
    ]);
  });

  it('shows no driver at all where software is asked for and there is none', () => {
    const plans = planDrivers(machine({ folders: { [icdFolder]: ['intel_icd.json'] } }), 'software');
    expect(plans).toEqual([{ name: 'system', environment: { VK_LOADER_DRIVERS_DISABLE: '*' } }]);
  });

  it('puts a folder given by the caller first and leaves the cache out', () => {
    const folders = { [icdFolder]: ['lvp_icd.json'], '/opt/vk': ['libvulkan.so.1', 'a_icd.json'], ...cached };
    expect(planDrivers(machine({ folders }), 'auto', '/opt/vk').map((plan) => plan.name)).toEqual([
      '/opt/vk',
      'system',
    ]);
  });

  it('searches where the XDG variables point', () => {
    const env = { XDG_DATA_DIRS: '/nix/share:/run/share', XDG_CACHE_HOME: '/tmp/cache' };
    const folders = { '/run/share/vulkan/icd.d': ['radeon_icd.json'] };
    expect(planDrivers(machine({ env, folders }))).toEqual([{ name: 'system', environment: {} }]);
    expect(driverCache({ env, home: '/home/ada' })).toBe('/tmp/cache/bravais/vulkan');
  });

  it.each(['darwin', 'win32'])('touches nothing on %s', (platform) => {
    expect(planDrivers(machine({ platform, folders: cached }), 'software')).toEqual([
      { name: 'system', environment: {} },
    ]);
  });
});
