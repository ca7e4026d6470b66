import { DeviceError } from '../errors';

/** What did not fit a device's memory budget. */
export interface MemoryBudgetDetails {
  /** The tensor asked for: op, type and shape. */
  readonly label: string;
  /** Bytes of the buffer it needs. */
  readonly requestedBytes: number;
  /** Bytes of live tensors at that moment. */
  readonly liveBytes: number;
  /** Bytes that captured steps keep for their next call. */
  readonly reservedBytes: number;
  readonly budgetBytes: number;
}

/** A tensor did not fit `DeviceOptions.memoryBudgetBytes`; nothing was allocated. */
export class MemoryBudgetError extends DeviceError implements MemoryBudgetDetails {
  override readonly name: string = 'MemoryBudgetError';
  readonly label: string;
  readonly requestedBytes: number;
  readonly liveBytes: number;
  readonly reservedBytes: number;
  readonly budgetBytes: number;

  constructor(details: MemoryBudgetDetails) {
    const { label, requestedBytes, liveBytes, reservedBytes, budgetBytes } = details;
    const left = Math.max(0, budgetBytes - liveBytes - reservedBytes);
    const reserved = reservedBytes > 0 ? ` and ${reservedBytes} reserved by captured steps` : '';
    super(
      'OUT_OF_MEMORY',
      `${label}: it must fit the memory budget of ${budgetBytes} bytes, got ${requestedBytes} bytes where ${left} are left (${liveBytes} live${reserved}). Use a smaller batch, wrap deep layers in checkpoint(), or open the device with a larger memoryBudgetBytes.`,
    );
    this.label = label;
    this.requestedBytes = requestedBytes;
    this.liveBytes = liveBytes;
    this.reservedBytes = reservedBytes;
    this.budgetBytes = budgetBytes;
  }
}
