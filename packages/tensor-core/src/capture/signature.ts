import type { Tree } from '../autograd';
import type { Device } from '../device';
import { TensorError } from '../errors';
import { padToWords, Tensor } from '../tensor/tensor';
import { HeldTensor } from './held-tensor';
import type { InputLeaf } from './inputs';
import type { Recorder, StepMemory } from './recorder';
import type { Recording } from './recording';

/** Inputs of one kind (nesting, types, extents): the buffers that calls fill, and what is recorded of them. */
export class Signature<Results extends Tree | undefined> {
  readonly #device: Device;
  readonly #inputs = new Map<string, HeldTensor>();
  /** The first run, until a second one confirms it. */
  first: Recorder | null = null;
  recording: Recording<Results> | null = null;

  constructor(device: Device, leaves: readonly InputLeaf[], { lasting }: StepMemory) {
    this.#device = device;
    try {
      for (const leaf of leaves) {
        if (leaf.kind === 'key') continue;
        const { path, dtype, shape } = leaf;
        this.#inputs.set(path, HeldTensor.from(lasting, device, `input ${path}`, dtype, shape));
      }
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Fills the buffers with the values of a call, after everything recorded so far has used them. */
  feed(leaves: readonly InputLeaf[]): void {
    for (const leaf of leaves) {
      if (leaf.kind === 'key') continue;
      const { storage } = this.#inputs.get(leaf.path)!;
      const { source } = leaf;
      if (source instanceof Tensor) {
        if (source.device !== this.#device) {
          throw new TensorError(
            'DEVICE_MISMATCH',
            `captured step: inputs must live on its device, got a tensor of another at ${leaf.path}. Copy it over first.`,
          );
        }
        const from = source.binding;
        const bytes = Math.ceil(source.byteLength / 4) * 4;
        this.#device.copy(from.storage, from.byteOffset, storage, 0, bytes);
      } else {
        this.#device.write(storage, 0, padToWords(source));
      }
    }
  }

  /** The input at a path as a tensor of the innermost scope. */
  open(path: string): Tensor {
    return this.#inputs.get(path)!.open();
  }

  release(): void {
    this.first?.release();
    this.recording?.release();
    for (const held of this.#inputs.values()) held.release();
    this.#inputs.clear();
    this.first = null;
    this.recording = null;
  }
}
