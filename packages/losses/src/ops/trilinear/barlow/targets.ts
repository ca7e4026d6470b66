import { TensorError } from '@bravais/tensor-core';

/** What the elements of C with exactly two equal indices are pulled to; see `barlowTwins3d`. */
export type TwoEqual = 'zero' | 'half' | 'ignore';

/** Weights and targets of the elements of C; where all indices agree both are 1. */
export interface Targets {
  /** λ, where all indices differ; the target there is 0. */
  readonly offWeight: number;
  /** Where exactly two indices agree. */
  readonly twoWeight: number;
  readonly twoTarget: number;
}

/**
 * Targets of the variants: MultiMat's plain, `half` and `mask` form.
 *
 * @throws {TensorError} `ARGUMENT` where λ is negative or there is no such variant
 */
export function targetsOf(lambda: number, twoEqual: TwoEqual): Targets {
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    throw new TensorError(
      'ARGUMENT',
      `barlowTwins3d: lambda must be 0 or more and finite, got ${lambda}. Leave it out for the default.`,
    );
  }
  const variants = {
    zero: { twoWeight: lambda, twoTarget: 0 },
    half: { twoWeight: 1, twoTarget: 0.5 },
    ignore: { twoWeight: 0, twoTarget: 0 },
  };
  const two = variants[twoEqual];
  if (!two) {
    throw new TensorError(
      'ARGUMENT',
      `barlowTwins3d: twoEqual must be ${Object.keys(variants).join(', ')}, got ${String(twoEqual)}.`,
    );
  }
  return { offWeight: lambda, ...two };
}

/** The three numbers in the order of the kernels' params. */
export function weightsOf({ offWeight, twoWeight, twoTarget }: Targets): [number, number, number] {
  return [offWeight, twoWeight, twoTarget];
}
