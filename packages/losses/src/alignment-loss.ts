import { add, type Device, mul, type Tensor, zeros } from '@bravais/tensor-core';

/** What every alignment loss answers. */
export interface AlignmentLoss {
  /** The scalar to minimise. */
  readonly total: Tensor;
  /**
   * The scalars that the total is the mean of, by name: a pair as `structure|text`, a triple's axis as the modality that is
   * told from the rest. Without gradient, for logs. Empty where the batch has nothing to compare.
   */
  readonly terms: Readonly<Record<string, Tensor>>;
}

/** Total = mean of the terms; 0 with zero gradients where there are none. */
export function meanOfTerms(device: Device, terms: Readonly<Record<string, Tensor>>): AlignmentLoss {
  const [first, ...rest] = Object.values(terms);
  if (!first) return { total: zeros(device, []), terms: {} };
  return {
    total: mul(rest.reduce(add, first), 1 / (rest.length + 1)),
    terms: Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, term.detach()])),
  };
}

/** The name of a pair's term. */
export function pairName(a: string, b: string): string {
  return `${a}|${b}`;
}
