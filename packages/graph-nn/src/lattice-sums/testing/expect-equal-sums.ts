import { expect } from 'vitest';
import type { LatticeSums } from '..';

/** Names of the sums. */
export const POTENTIALS = ['coulomb', 'london', 'pauli'] as const;

/** Expects the sums of two calls to agree, by a map of positions, to 1e-8 of the number or 1. */
export function expectEqual(found: LatticeSums, expected: LatticeSums, from: (at: number) => number): void {
  for (const name of POTENTIALS) {
    found[name].forEach((value, at) => {
      const other = expected[name][from(at)]!;
      expect(Math.abs(value - other), `${name} ${at}: ${value} and ${other}`).toBeLessThan(
        1e-8 * Math.max(1, Math.abs(other)),
      );
    });
  }
}
