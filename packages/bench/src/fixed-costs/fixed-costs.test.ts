import { openDevice } from '@bravais/tensor-core/node';
import { expect, it } from 'vitest';
import { measureFixedCosts } from './measure-fixed-costs';

it('gives times of launches, replays and round trips, and leaves nothing behind', async () => {
  const device = await openDevice();
  const before = device.stats.liveBuffers;
  const { adapter, ...costs } = await measureFixedCosts(device, 5);
  expect(adapter).toBe(device.adapter.description);
  expect(costs.roundTripMicroseconds).toBeGreaterThan(0);
  expect(costs.readMicroseconds).toBeGreaterThan(0);
  expect(Object.values(costs).every(Number.isFinite)).toBe(true);
  expect(device.stats.liveBuffers).toBe(before);
  device.destroy();
});
