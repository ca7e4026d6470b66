import { describe, expect, it } from 'vitest';
import { statedResult } from './stated-result.ts';

describe('what a comment says of a value', () => {
  it.each<[string, unknown, unknown]>([
    ["// 'NaCl'", 'NaCl', 'KCl'],
    ["// 'Ca(HO)2': sorted", 'Ca(HO)2', 'Ca(HO)'],
    ["// 'LiFePO4 is made … argon. …'", 'LiFePO4 is made of iron', 'FePO4 is made'],
    ['// Float32Array(66)', new Float32Array(66), new Float32Array(65)],
    ['// Float32Array(66)', new Float32Array(66), new Float64Array(66)],
    ['// [0, 8, 16]: offsets', Int32Array.of(0, 8, 16), [0, 8, 17]],
    ['// 12', 12, 12.001],
    ['// 1.12, measured', 1.1234, 1.13],
    ['// 6.24 electrons', 6.2399, 6.25],
    ['// 2 / 3', 2 / 3, 0.667],
    ['// 45 numbers', new Array(45).fill(0), new Array(44).fill(0)],
    ['// { numerator: 10n, denominator: 1n }: exact', { numerator: 10n, denominator: 1n }, { numerator: 9n }],
  ])('%s holds and fails', (comment, right, wrong) => {
    const holds = statedResult(comment)!;
    holds(right);
    expect(() => holds(wrong)).toThrow();
  });

  it.each([
    '// [N, 64] x [64, 128] -> [N, 128]',
    '// [64] to 32 equal rows',
    '// 2θ 28.44°, (1 1 1)',
    '// hexagonal',
    '// { width, height, values }',
    '// eV/atom',
  ])('%s says none', (comment) => {
    expect(statedResult(comment)).toBeNull();
  });
});
