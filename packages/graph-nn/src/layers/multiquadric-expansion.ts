import {
  add,
  type Device,
  div,
  fuse,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
} from '@bravais/tensor-core';

/** Centres, evenly spaced, and their common width; made by {@link multiquadricBasis}. */
export interface MultiquadricBasis {
  /** `[K]`. */
  readonly centers: Tensor;
  /** One number: the spacing of the centres. */
  readonly width: Tensor;
}

/** K centres, two at least, from −`reach` to `reach`. */
export function multiquadricBasis(device: Device, bins: number, reach: number): MultiquadricBasis {
  const spacing = (2 * reach) / (bins - 1);
  const centers = Float32Array.from({ length: bins }, (_, k) => k * spacing - reach);
  return { centers: tensor(device, centers), width: tensor(device, spacing) };
}

const multiquadric = fuse(
  (x, center, width) => sqrt(add(square(div(sub(x, center), width)), 1)),
  'multiquadric',
);

/**
 * b_qk = √(1 + ((x_q − c_k) / w)²): numbers `[Q]` to features `[Q, K]`.
 *
 * It grows with the distance from the centre, so no number lies outside of the grid. Source: Hardy, J. Geophys. Res. 76, 1905
 * (1971); for potentials of crystals, PotNet.
 */
export function multiquadricExpansion(x: Tensor, { centers, width }: MultiquadricBasis): Tensor {
  return multiquadric(reshape(x, [x.size, 1]), centers, width);
}

/** The mean of b² at the middle of K centres: 1 + (K² − 1) / 12. Weights divide by its root to start at the variance of signals. */
export function multiquadricSecondMoment(bins: number): number {
  return 1 + (bins ** 2 - 1) / 12;
}
