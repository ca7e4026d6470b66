import { TensorError } from '../errors';
import { add } from '../ops/elementwise';
import { slice } from '../ops/layout';
import type { Key } from '../random';
import { showShape } from '../shape';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { gaussian } from './init';

/** A row of features per position, `[positions, features]`. */
export interface Positions<P = Tensor> {
  readonly weight: P;
}

/** Rows drawn from N(0, 0.02²), to be learned. */
export function initPositions(key: Key, positions: number, features: number): Positions<HostParameter> {
  return { weight: gaussian(key, [positions, features], 0.02) };
}

/**
 * Feature 2 i of position t is sin(t / 10000^(2 i / D)), feature 2 i + 1 the cosine: rows to begin with, or, as a tensor of
 * their own, to keep.
 *
 * Source: Vaswani et al., NeurIPS 2017, section 3.5.
 *
 * @param scale of all values; 0.02 gives rows as small as those of {@link initPositions}
 *
 * @example
 * ```ts
 * const { weight } = sinusoidalPositions(61, 128, 1);
 * const fixed = { weight: tensor(device, weight.values, weight.shape) };
 * ```
 */
export function sinusoidalPositions(
  positions: number,
  features: number,
  scale: number,
): Positions<HostParameter> {
  const values = Float32Array.from({ length: positions * features }, (_, at) => {
    const [position, feature] = [Math.floor(at / features), at % features];
    const angle = position / 10_000 ** ((feature - (feature % 2)) / features);
    return scale * (feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
  });
  return { weight: { shape: [positions, features], values } };
}

/**
 * y[b, t] = x[b, t] + row t of the table.
 *
 * @param x `[B, L, D]`, L at most the positions of the table
 * @throws {TensorError} `SHAPE` where the table has too few rows, or others than of D features
 */
export function addPositions({ weight }: Positions, x: Tensor): Tensor {
  const [positions, features] = weight.shape as readonly [number, number];
  const [length, width] = x.shape.slice(-2) as [number, number];
  if (x.rank < 2 || length > positions || width !== features) {
    throw new TensorError(
      'SHAPE',
      `addPositions: expected at most ${positions} tokens of ${features} features, got ${showShape(x.shape)}. ` +
        'Make the table longer, or cut the tokens.',
    );
  }
  return add(x, length === positions ? weight : slice(weight, [{ start: 0, end: length }, null]));
}
