import { mapTree, type Tree } from '../autograd';
import type { Device } from '../device';
import type { Command } from '../runtime/commands';
import type { Storage } from '../runtime/storage';
import type { Tensor } from '../tensor';
import { HeldTensor } from './held-tensor';
import type { Recorder } from './recorder';

/** A run of a step that can be issued again: its commands, and all the memory that they refer to. */
export class Recording<Results extends Tree | undefined> {
  readonly #device: Device;
  readonly #recorder: Recorder;
  readonly #kept: { commands: Command[]; release(): void };
  /** Bytes that were live at the most during the run. */
  readonly #bytes: number;
  readonly #results: Results;
  readonly #held = new Map<string, HeldTensor>();

  /** @param results what the run gave; their memory is held from now on */
  constructor(device: Device, recorder: Recorder, bytes: number, results: Results) {
    this.#device = device;
    this.#recorder = recorder;
    this.#kept = device.recordings.keep(recorder.commands.map(({ command }) => command));
    this.#bytes = bytes;
    this.#results = results;
    if (results) {
      mapTree(results, (tensor, path) => {
        this.#held.set(path, HeldTensor.of(tensor));
        return tensor;
      });
    }
  }

  get storages(): ReadonlySet<Storage> {
    return this.#recorder.storages;
  }

  /** Issues the commands again; the results are new tensors over the same memory. */
  replay(): Results {
    this.#device.recordings.replay(this.#kept.commands, this.storages, this.#bytes);
    if (!this.#results) return this.#results;
    return mapTree(this.#results, (_: Tensor, path) => this.#held.get(path)!.open());
  }

  release(): void {
    this.#kept.release();
    this.#recorder.release();
    for (const held of this.#held.values()) held.release();
    this.#held.clear();
  }
}
