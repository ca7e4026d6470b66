import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { BufferPool, sizeClass } from './buffer-pool';
import type { Storage } from './storage';

const bytes = fc.integer({ min: 0, max: 2 ** 30 });

test.prop([bytes])(
  'a size class holds the request and wastes at most a quarter of a large one',
  (request) => {
    const capacity = sizeClass(request);
    expect(capacity).toBeGreaterThanOrEqual(request);
    expect(capacity % 64).toBe(0);
    if (request > 1024) expect(capacity).toBeLessThanOrEqual(request * 1.25 + 64);
  },
);

test.prop([bytes, bytes])('size classes grow with the request', (a, b) => {
  expect(sizeClass(Math.min(a, b))).toBeLessThanOrEqual(sizeClass(Math.max(a, b)));
});

function fakePool(freeBudgetBytes = 1e9) {
  const destroyed: number[] = [];
  let created = 0;
  const pool = new BufferPool({
    create: () => {
      created++;
      return {} as GPUBuffer;
    },
    onDestroy: (storage: Storage) => destroyed.push(storage.id),
    freeBudgetBytes,
    largestBytes: 2 ** 27,
  });
  return { pool, destroyed, created: () => created };
}

test.prop([fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5000 })), { maxLength: 60 })])(
  'live counts follow acquire and release, and no two live tensors share memory',
  (script) => {
    const { pool } = fakePool();
    const live: Storage[] = [];
    for (const [release, size] of script) {
      const storage = release ? live.pop() : undefined;
      if (storage) pool.release(storage);
      else live.push(pool.acquire(size, 'test'));
      expect(pool.usage.liveBuffers).toBe(live.length);
      expect(pool.usage.liveBytes).toBe(live.reduce((sum, { capacity }) => sum + capacity, 0));
      expect(new Set(live.map(({ id }) => id)).size).toBe(live.length);
    }
  },
);

test('memory returns only with its last user, and is handed out again', () => {
  const { pool, created } = fakePool();
  const storage = pool.acquire(1000, 'a');
  storage.users++;
  pool.release(storage);
  expect(pool.usage.liveBuffers).toBe(1);
  pool.release(storage);
  expect(pool.usage.liveBuffers).toBe(0);
  expect(pool.acquire(1000, 'b')).toBe(storage);
  expect(created()).toBe(1);
});

test('free memory past the budget is destroyed', () => {
  const { pool, destroyed } = fakePool(4096);
  const storages = Array.from({ length: 8 }, () => pool.acquire(1024, 'x'));
  for (const storage of storages) pool.release(storage);
  expect(destroyed.length).toBeGreaterThan(0);
  expect(pool.usage.freeBytes).toBeLessThanOrEqual(4096);
});
