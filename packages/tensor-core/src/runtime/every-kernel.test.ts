/// <reference types="vite/client" />
import { expect, it, vi } from 'vitest';
import { testDevice } from '../testing';
import type { Kernel } from './kernel';

const defined = vi.hoisted(() => [] as Kernel[]);

vi.mock('./kernel', async (original) => {
  const real = await original<typeof import('./kernel')>();
  const defineKernel: typeof real.defineKernel = (spec) => {
    const kernel = real.defineKernel(spec);
    defined.push(kernel);
    return kernel;
  };
  return { ...real, defineKernel };
});

it('every kernel compiles, and every name is used once', async () => {
  const sources = import.meta.glob(
    ['../ops/**/*.ts', '../optim/**/*.ts', '!../**/*.test.ts', '!../**/*.bench.ts'],
    { eager: true },
  );
  expect(Object.keys(sources).length).toBeGreaterThan(20);
  const device = await testDevice();
  const failures: string[] = [];
  for (const kernel of defined) {
    await device.validate(kernel).catch((error: Error) => failures.push(error.message));
  }
  expect(failures).toEqual([]);
  const names = defined.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
