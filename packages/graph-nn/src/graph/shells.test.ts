import { describe, expect, it } from 'vitest';
import { countInWholeShells } from './shells';

const rule = { neighbors: 3, cutoff: 5, tolerance: 0.01 };

describe('countInWholeShells', () => {
  it('ends with the shell that holds the k-th neighbour', () => {
    expect(countInWholeShells([1, 2, 3, 4], 6, rule)).toBe(3);
    expect(countInWholeShells([1, 2, 2.005, 2.01, 4], 6, rule)).toBe(4);
  });

  it('chains: each member lies within the tolerance of the previous one, not of the first', () => {
    expect(countInWholeShells([2, 2.009, 2.018, 2.027, 2.036, 4], 6, rule)).toBe(5);
  });

  it('drops a shell that starts beyond the cutoff and keeps one that straddles it', () => {
    expect(countInWholeShells([1, 5.001, 5.002], 6, rule)).toBe(1);
    expect(countInWholeShells([1, 4.999, 5.001, 5.002], 6, rule)).toBe(4);
  });

  it('asks for a larger radius when too few were found or the last shell may go on', () => {
    expect(countInWholeShells([1, 2], 3, rule)).toBe(-1);
    expect(countInWholeShells([1, 2, 2.995], 3, rule)).toBe(-1);
    expect(countInWholeShells([1, 2], 5, rule)).toBe(2);
    expect(countInWholeShells([], 5, rule)).toBe(0);
  });
});
