/** Stable codes of {@link TensorError}; messages may be reworded, codes may not. */
export type TensorErrorCode =
  | 'SHAPE'
  | 'DTYPE'
  | 'DISPOSED'
  | 'DEVICE_MISMATCH'
  | 'NOT_DIFFERENTIABLE'
  | 'ARGUMENT'
  | 'TOO_LARGE';

/** A call that cannot be carried out as asked: `<op>: <expected>, got <what came>. <what to do>`. */
export class TensorError extends Error {
  override readonly name: string = 'TensorError';
  constructor(
    readonly code: TensorErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Stable codes of {@link DeviceError}. */
export type DeviceErrorCode =
  | 'NO_WEBGPU'
  | 'NO_ADAPTER'
  | 'LOST'
  | 'OUT_OF_MEMORY'
  | 'VALIDATION'
  | 'KERNEL'
  | 'INTERNAL';

/** The device, its driver or a kernel failed; the message names the operation that was under way. */
export class DeviceError extends Error {
  override readonly name: string = 'DeviceError';
  constructor(
    readonly code: DeviceErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
