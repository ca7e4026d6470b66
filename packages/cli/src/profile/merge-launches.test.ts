import { expect, it } from 'vitest';
import { kernelTime, type LaunchTotals, mergeLaunches } from './merge-launches';

/** Launches at 2 GB/s and 3 GFLOP/s. */
const totals = (milliseconds: number): LaunchTotals => ({
  launches: 2,
  milliseconds,
  bytes: 2e6 * milliseconds,
  gigabytesPerSecond: 2,
  gigaflopsPerSecond: 3,
});

it('adds up launches by name, slowest first, and keeps their speeds', () => {
  const first = {
    kernels: [
      { kernel: 'a', ...totals(4) },
      { kernel: 'b', ...totals(3) },
    ],
    layers: [{ layer: 'conv1', ...totals(7) }],
  };
  const second = {
    kernels: [{ kernel: 'b', ...totals(5) }],
    layers: [{ layer: 'conv1', ...totals(5) }],
  };
  const { kernels, layers } = mergeLaunches([first, second]);
  expect(kernels).toEqual([
    { kernel: 'b', ...totals(8), launches: 4 },
    { kernel: 'a', ...totals(4) },
  ]);
  expect(layers).toEqual([{ layer: 'conv1', ...totals(12), launches: 4 }]);
  expect(kernelTime({ kernels, layers })).toBe(12);
});

it('weighs speeds by time, and knows no operations where no kernel states any', () => {
  const slow = { kernel: 'a', ...totals(1), gigaflopsPerSecond: 1 };
  const fast = { kernel: 'a', ...totals(3), gigaflopsPerSecond: 5 };
  const silent = { kernel: 'b', ...totals(1), gigaflopsPerSecond: null };
  const { kernels } = mergeLaunches([
    { kernels: [slow, silent], layers: [] },
    { kernels: [fast], layers: [] },
  ]);
  expect(kernels.map(({ gigaflopsPerSecond }) => gigaflopsPerSecond)).toEqual([4, null]);
});
