/** Device memory behind one or more tensors; returns to its pool when its last user lets go. */
export interface Storage {
  readonly id: number;
  readonly buffer: GPUBuffer;
  /** Bytes of the buffer, the size class it was allocated in. */
  readonly capacity: number;
  /** Where it returns to. */
  readonly pool: { release(storage: Storage): void };
  /** What it was last handed out for, as errors name it: `matmul f32 [64, 128]`. */
  label: string;
  /** Tensors that share this memory. */
  users: number;
  /** Index of the last command batch that refers to this memory. */
  lastBatch: number;
}
