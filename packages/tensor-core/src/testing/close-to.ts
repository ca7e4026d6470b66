import type { HostArray } from '../dtype';

/** How far a float32 result may lie from its float64 reference. */
export interface Tolerance {
  /** Error allowed in proportion to the reference value. */
  readonly relative: number;
  /** Error allowed regardless of the value, in proportion to the largest reference value of the tensor. */
  readonly ofLargest: number;
}

/** A few roundings of one float32 operation. */
export const ELEMENTWISE: Tolerance = { relative: 4e-6, ofLargest: 1e-7 };

/** Sums of up to some thousand terms. */
export const ACCUMULATED: Tolerance = { relative: 2e-5, ofLargest: 4e-6 };

/** Describes the first value outside the tolerance, or `null` where all agree. NaN agrees with NaN, infinities with themselves. */
export function firstMismatch(
  actual: HostArray,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
): string | null {
  if (actual.length !== expected.length) return `expected ${expected.length} values, got ${actual.length}`;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const size = Math.abs(expected[i]!);
    if (size > largest && size < Infinity) largest = size;
  }
  for (let i = 0; i < expected.length; i++) {
    const want = expected[i]!;
    const got = actual[i]!;
    if (Object.is(want, got) || (Number.isNaN(want) && Number.isNaN(got)) || want === got) continue;
    const allowed = tolerance.relative * Math.abs(want) + tolerance.ofLargest * largest;
    if (!(Math.abs(got - want) <= allowed)) return `at ${i}: expected ${want} within ${allowed}, got ${got}`;
  }
  return null;
}
