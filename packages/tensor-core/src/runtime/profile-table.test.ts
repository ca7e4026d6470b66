import { expect, it } from 'vitest';
import { profileTable } from './profile-table';

it('lines up the kernels and adds a total', () => {
  const table = profileTable([
    {
      kernel: 'matmul',
      launches: 12,
      milliseconds: 40.5,
      bytes: 2e6,
      gigabytesPerSecond: 0.05,
      gigaflopsPerSecond: 31.25,
    },
    {
      kernel: 'add',
      launches: 3,
      milliseconds: 1.25,
      bytes: 12e6,
      gigabytesPerSecond: 9.6,
      gigaflopsPerSecond: null,
    },
  ]);
  expect(table.split('\n')).toEqual([
    'kernel  launches      ms    MB  GB/s  GFLOP/s',
    'matmul        12  40.500   2.0   0.1     31.3',
    'add            3   1.250  12.0   9.6',
    'all           15  41.750  14.0',
  ]);
});
