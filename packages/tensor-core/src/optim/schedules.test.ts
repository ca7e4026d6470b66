import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { constantSchedule, oneCycle, warmupCosine } from '.';

const run = fc.record({
  peak: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  steps: fc.integer({ min: 1, max: 500 }),
  warmup: fc.double({ min: 0, max: 0.9, noNaN: true }),
  final: fc.double({ min: 0, max: 1, noNaN: true }),
});

test.prop([run])('schedules stay between 0 and the peak, at every step', ({ peak, steps, warmup, final }) => {
  for (const schedule of [warmupCosine(peak, steps, warmup, final), oneCycle(peak, steps, warmup, final)]) {
    for (let step = 0; step < steps; step++) {
      expect(schedule(step)).toBeGreaterThanOrEqual(0);
      expect(schedule(step)).toBeLessThanOrEqual(peak * (1 + 1e-12));
    }
  }
});

it('warm-up is linear, the cosine ends at the final fraction', () => {
  const schedule = warmupCosine(1, 100, 0.1, 0.01);
  expect([0, 4, 9].map(schedule)).toEqual([0.1, 0.5, 1]);
  expect(schedule(10)).toBeCloseTo(1, 12);
  expect(schedule(99)).toBeCloseTo(0.01, 12);
  expect(schedule(10 + 89 / 2)).toBeCloseTo((1 + 0.01) / 2, 12);
});

it('one cycle starts at peak/25 and tops out after the warm-up, as PyTorch does', () => {
  const schedule = oneCycle(1, 100, 0.3, 0.001);
  expect(schedule(0)).toBeCloseTo(1 / 25, 12);
  expect(schedule(29)).toBeCloseTo(1, 12);
  expect(schedule(99)).toBeCloseTo(0.001, 12);
});

it('a constant is constant', () => {
  expect([0, 7].map(constantSchedule(0.3))).toEqual([0.3, 0.3]);
});
