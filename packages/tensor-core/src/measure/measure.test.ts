import { expect, it } from 'vitest';
import { testDevice } from '../testing';
import { bestSeconds } from './best-seconds';
import { measureProduct } from './measure-product';
import { measureRoofs } from './measure-roofs';

const device = await testDevice();
const short = { runs: 2, seconds: 0.1 };

it('a small product stays under the roof of multiply-adds in registers, and nothing stays behind', async () => {
  const before = device.stats;
  const roofs = await measureRoofs(device, short);
  const product = await measureProduct(device, 64, short);
  expect(product.side).toBe(64);
  expect(product.gigaflopsPerSecond).toBeGreaterThan(0);
  expect(product.gigaflopsPerSecond).toBeLessThan(roofs.gigaflopsPerSecond);
  const { vec4, mat4x4, transfer } = roofs.copyGigabytesPerSecond;
  for (const speed of [vec4, mat4x4, transfer]) expect(speed).toBeGreaterThan(0.1);
  expect(roofs.gigabytesPerSecond).toBe(Math.max(vec4, mat4x4));
  expect(device.stats.liveBuffers).toBe(before.liveBuffers);
});

it('times as often as it is asked, and stops when its time is over', async () => {
  let runs = 0;
  await bestSeconds(device, { runs: 3, seconds: 10 }, () => {
    runs++;
  });
  expect(runs).toBe(4);
  runs = 0;
  await bestSeconds(device, { runs: 1000, seconds: 0.02 }, () => {
    runs++;
    const end = performance.now() + 10;
    while (performance.now() < end);
  });
  expect(runs).toBeLessThanOrEqual(4);
});
