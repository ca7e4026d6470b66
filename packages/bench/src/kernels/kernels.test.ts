import { openDevice } from '@bravais/tensor-core/node';
import { expect, it } from 'vitest';
import { kernelCases } from './cases';
import { measureCase } from './measure-case';

it.each(['software', 'hardware'] as const)(
  'every case for %s has a name of its own and does something',
  (kind) => {
    const cases = kernelCases(false, kind);
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { flops, bytes } of cases) {
      expect(flops).toBeGreaterThanOrEqual(0);
      expect(bytes).toBeGreaterThan(0);
    }
    const quick = kernelCases(true, kind).map(({ name }) => name);
    expect(quick.every((name) => names.includes(name))).toBe(true);
    expect(quick.length).toBeLessThan(names.length);
  },
);

it('every case runs, is timed and gives its memory back', async () => {
  const device = await openDevice();
  const { liveBuffers } = device.stats;
  for (const kernelCase of kernelCases(true, 'software')) {
    const { kernel, ms } = await measureCase(device, kernelCase, 0);
    expect(kernel).toBe(kernelCase.name);
    expect(ms).toBeGreaterThan(0);
    expect(device.stats.liveBuffers).toBe(liveBuffers);
  }
  device.destroy();
});
