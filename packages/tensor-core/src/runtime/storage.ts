/** Device memory behind one or more tensors; returns to the pool when its last user lets go. */
export interface Storage {
  readonly id: number;
  readonly buffer: GPUBuffer;
  /** Bytes of the buffer, the size class it was allocated in. */
  readonly capacity: number;
  /** Tensors that share this memory. */
  users: number;
  /** Index of the last command batch that refers to this memory. */
  lastBatch: number;
}
