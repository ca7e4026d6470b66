import { openDevice } from '@bravais/tensor-core/node';
import { expect, it } from 'vitest';
import { measureTraining } from './training-speed';

it('times steps of two encoders on crystals of all structure types', async () => {
  const device = await openDevice();
  const speed = await measureTraining(device, new AbortController().signal, 0.05);
  expect(speed.batchSize).toBe(64);
  expect(speed.materialsPerSecond).toBeCloseTo(64_000 / speed.stepMilliseconds, 6);
  expect(speed.firstStepMilliseconds).toBeGreaterThan(0);
  // The reference set's primitive cells have 1 to some dozens of atoms with 12 neighbours or more.
  expect(speed.atomsPerCrystal).toBeGreaterThan(2);
  expect(speed.edgesPerCrystal).toBeGreaterThan(10 * speed.atomsPerCrystal);
  device.destroy();
});
