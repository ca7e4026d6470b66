import { LossError } from './errors';

/** λ of Zbontar et al., ICML 2021. */
export const DEFAULT_LAMBDA = 0.0051;

/** Added to the variance before the root. */
export const DEFAULT_EPSILON = 1e-5;

/** @throws {LossError} `OPTION` where λ is negative or not finite */
export function checkLambda(loss: string, lambda: number): void {
  if (lambda >= 0 && lambda < Number.POSITIVE_INFINITY) return;
  throw new LossError(
    'OPTION',
    `${loss}: lambda must be 0 or more and finite, got ${lambda}. Leave it out for ${DEFAULT_LAMBDA}.`,
  );
}

/** @throws {LossError} `OPTION` where ε is not positive and finite */
export function checkEpsilon(loss: string, epsilon: number): void {
  if (epsilon > 0 && epsilon < Number.POSITIVE_INFINITY) return;
  throw new LossError(
    'OPTION',
    `${loss}: epsilon must be positive and finite, got ${epsilon}. Leave it out for 1e-5.`,
  );
}
