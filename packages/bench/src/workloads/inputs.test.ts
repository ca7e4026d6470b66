import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { CONSTANTS, inputs, integers, uniform } from './inputs';
import { WORKLOAD_NAMES } from './workloads';

it('values are those of the generator everywhere: the first of some inputs', () => {
  const { x } = inputs.tensorclip_fwd();
  const { source, target } = inputs.cgcnn_fwdbwd();
  expect([...inputs.matmul512().a.values.slice(0, 3)]).toEqual([
    0.25414788722991943, -0.9945285320281982, 0.05489407852292061,
  ]);
  expect(x.values.every((value) => Math.abs(value) <= 0.3)).toBe(true);
  expect([...target.values]).toEqual([...target.values].sort((a, b) => a - b));
  expect(Math.max(...source.values)).toBeLessThan(CONSTANTS.nodes);
});

it.each(WORKLOAD_NAMES)('%s: shapes hold the values, and a second call gives the same', (work) => {
  const bytesOf = ({ buffer }: Float32Array | Int32Array): Buffer => Buffer.from(buffer as ArrayBuffer);
  const again = Object.values(inputs[work]());
  for (const [index, { shape, values }] of Object.values(inputs[work]()).entries()) {
    expect(values.length).toBe(shape.reduce((product, extent) => product * extent, 1));
    expect(bytesOf(values).equals(bytesOf(again[index]!.values))).toBe(true);
  }
});

test.prop([fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 1, max: 300 })])(
  'uniform values and integers stay within their bounds',
  (seed, below) => {
    for (const value of uniform([50], seed, 0.5).values) expect(Math.abs(value)).toBeLessThanOrEqual(0.5);
    for (const value of integers(50, seed, below).values) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(below);
    }
  },
);
