/** Number formats of a safetensors file that are read and written here. */
export type StoredDtype = 'F32' | 'F16' | 'BF16' | 'I32' | 'U32' | 'I64';

/** Bytes of one element. */
export const storedBytes: Readonly<Record<StoredDtype, number>> = {
  F32: 4,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  I64: 8,
};

/**
 * One array of a safetensors file, row-major.
 *
 * `F16` and `BF16` are widened to float32 when read (exact) and rounded to nearest, ties to even, when written.
 */
export type StoredTensor =
  | { readonly dtype: 'F32' | 'F16' | 'BF16'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'I32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: 'U32'; readonly shape: readonly number[]; readonly data: Uint32Array }
  | { readonly dtype: 'I64'; readonly shape: readonly number[]; readonly data: BigInt64Array };

/** Elements of a shape: the product of its sizes, 1 for a scalar; `NaN` past 2⁵³. */
export function elementCount(shape: readonly number[]): number {
  if (shape.includes(0)) return 0;
  const count = shape.reduce((product, size) => product * size, 1);
  return Number.isSafeInteger(count) ? count : Number.NaN;
}
