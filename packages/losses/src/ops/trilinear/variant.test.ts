import { testDevice } from '@bravais/tensor-core/testing';
import { expect, it } from 'vitest';
import { planTrilinear, type TrilinearOptions } from './variant';

const device = await testDevice();

/** The plan on an adapter of this kind with subgroups of that size. */
function planOn(kind: 'software' | 'hardware', subgroupSize: number | null, options: TrilinearOptions = {}) {
  const adapter = { ...device.adapter, kind, subgroupSize };
  return planTrilinear('op', Object.create(device, { adapter: { value: adapter } }), options);
}

it('takes tiles on software drivers with subgroups of 4 or 8 lanes, and slabs elsewhere', () => {
  expect(planOn('software', 4).lanes).toBe(4);
  expect(planOn('software', 8).lanes).toBe(8);
  expect(planOn('software', 16).lanes).toBeNull();
  expect(planOn('software', null).lanes).toBeNull();
  expect(planOn('hardware', 8).lanes).toBeNull();
  expect(planOn('hardware', 32).lanes).toBeNull();
});

it('does what is asked for, or says why not', () => {
  expect(planOn('software', 8, { variant: 'slabs' }).lanes).toBeNull();
  expect(planOn('hardware', 8, { variant: 'tiles' }).lanes).toBe(8);
  expect(() => planOn('hardware', 32, { variant: 'tiles' })).toThrow('subgroups of 4 or 8 lanes, got 32');
  expect(() => planOn('hardware', null, { variant: 'tiles' })).toThrow('got none');
});
