import { checkLambda } from '../../../barlow-options';
import { LossError } from '../../../errors';

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
 * @throws {LossError} `OPTION` where λ is negative or there is no such variant
 */
export function targetsOf(lambda: number, twoEqual: TwoEqual): Targets {
  checkLambda('barlowTwins3d', lambda);
  const variants = {
    zero: { twoWeight: lambda, twoTarget: 0 },
    half: { twoWeight: 1, twoTarget: 0.5 },
    ignore: { twoWeight: 0, twoTarget: 0 },
  };
  const two = variants[twoEqual];
  if (!two) {
    throw new LossError(
      'OPTION',
      `barlowTwins3d: twoEqual must be ${Object.keys(variants).join(', ')}, got ${String(twoEqual)}.`,
    );
  }
  return { offWeight: lambda, ...two };
}

/** The three numbers in the order of the kernels' params. */
export function weightsOf({ offWeight, twoWeight, twoTarget }: Targets): [number, number, number] {
  return [offWeight, twoWeight, twoTarget];
}
