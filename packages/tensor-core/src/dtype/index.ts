/** Element types of a tensor. `f16` is a storage type only and needs the adapter feature `shader-f16`. */
export type DType = 'f32' | 'i32' | 'u32' | 'f16';

/** The host-side array of a tensor's values; `f16` is read and written as its raw 16-bit patterns. */
export type HostArray = Float32Array | Int32Array | Uint32Array | Uint16Array;

/** Bytes of one element. */
export function bytesPerElement(dtype: DType): number {
  return dtype === 'f16' ? 2 : 4;
}

/** View of raw bytes as the host array of `dtype`. */
export function hostArray(dtype: DType, bytes: ArrayBuffer): HostArray {
  switch (dtype) {
    case 'f32':
      return new Float32Array(bytes);
    case 'i32':
      return new Int32Array(bytes);
    case 'u32':
      return new Uint32Array(bytes);
    case 'f16':
      return new Uint16Array(bytes);
  }
}

/** The tensor type that holds a host array without conversion. */
export function dtypeOf(values: HostArray): DType {
  if (values instanceof Float32Array) return 'f32';
  if (values instanceof Int32Array) return 'i32';
  if (values instanceof Uint32Array) return 'u32';
  return 'f16';
}
