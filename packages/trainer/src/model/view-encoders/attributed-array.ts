import type { HostViewArrays } from './view-encoder-kind';

/** What integrated gradients go over in one view of one material; the baseline of the path is zero everywhere. */
export interface AttributedArray {
  /** Name among the arrays that the encoder takes. */
  readonly name: string;
  /** Extents without the batch. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** What zeros mean, in words. */
  readonly baseline: string;
  /** Names of the leading values, such as tokens, where they have some; what follows them has no influence. */
  readonly units?: readonly string[];
}

/** An array that the encoder lays out for one material, as what is attributed. */
export function attributedRow(arrays: HostViewArrays, name: string, baseline: string): AttributedArray {
  const { shape, values } = arrays[name]!;
  return { name, shape: shape.slice(1), values: values as Float32Array, baseline };
}
