import { expect, it } from 'vitest';
import { profileTable, profileTables } from './profile-table';

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

it('has a table by layer and one by kernel; launches outside of layers are named', () => {
  const totals = {
    launches: 1,
    milliseconds: 2,
    bytes: 1e6,
    gigabytesPerSecond: 0.5,
    gigaflopsPerSecond: null,
  };
  const tables = profileTables({
    kernels: [{ kernel: 'add', ...totals }],
    layers: [
      { layer: 'structure/conv1', ...totals },
      { layer: '', ...totals },
    ],
  });
  expect(tables.split('\n')).toEqual([
    'layer            launches     ms   MB  GB/s  GFLOP/s',
    'structure/conv1         1  2.000  1.0   0.5',
    '(no layer)              1  2.000  1.0   0.5',
    'all                     2  4.000  2.0',
    '',
    'kernel  launches     ms   MB  GB/s  GFLOP/s',
    'add            1  2.000  1.0   0.5',
    'all            1  2.000  1.0',
  ]);
});
