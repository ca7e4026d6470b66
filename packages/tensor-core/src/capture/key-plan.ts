import type { Device } from '../device';
import { foldIn, type Key } from '../random/key';
import type { KeyTensor } from '../random/random-key';
import type { BufferPool } from '../runtime/buffer-pool';
import type { Tensor } from '../tensor';
import { HeldTensor } from './held-tensor';

/** Keys of one tensor of a plan. */
const PAGE_ROWS = 256;

interface Page {
  readonly held: HeldTensor;
  readonly words: Uint32Array<ArrayBuffer>;
  rows: number;
}

/**
 * A key that changes from call to call, with all that are derived from it: each that is used has a row in device
 * memory, and a call computes them on the host and writes them together. So the kernels of a captured step find
 * the words that host keys would have given them.
 */
export class KeyPlan {
  readonly #device: Device;
  readonly #pool: BufferPool;
  readonly #pages: Page[] = [];
  readonly #planned = new Map<string, PlannedKey>();
  #key: Key = [0, 0];

  constructor(device: Device, pool: BufferPool) {
    this.#device = device;
    this.#pool = pool;
  }

  get root(): KeyTensor {
    return this.descendant([]);
  }

  /** Gives the root another value, and all derived keys with it. */
  set(key: Key): void {
    this.#key = key;
    for (const planned of this.#planned.values()) if (planned.place) this.#fill(planned, planned.place);
    for (const { held, words, rows } of this.#pages) {
      this.#device.write(held.storage, 0, words.subarray(0, 2 * rows));
    }
  }

  /** The key at the end of a path of `foldIn`s from the root. */
  descendant(path: readonly number[]): PlannedKey {
    const name = path.join();
    let found = this.#planned.get(name);
    if (!found) {
      found = new PlannedKey(this, path);
      this.#planned.set(name, found);
    }
    return found;
  }

  /** A place in device memory for a key that is used for the first time. */
  assign(planned: PlannedKey): Place {
    let page = this.#pages.findIndex(({ rows }) => rows < PAGE_ROWS);
    if (page < 0) page = this.#pages.push(this.#newPage()) - 1;
    const { held, words, rows: row } = this.#pages[page]!;
    this.#pages[page]!.rows++;
    this.#fill(planned, { page, row });
    // Nothing recorded so far reads this row, so it need not wait for what is recorded.
    this.#device.gpu.queue.writeBuffer(held.storage.buffer, 8 * row, words, 2 * row, 2);
    return { page, row };
  }

  open({ page }: Place): Tensor {
    return this.#pages[page]!.held.open();
  }

  release(): void {
    for (const { held } of this.#pages) held.release();
    this.#pages.length = 0;
  }

  #fill({ path }: PlannedKey, { page, row }: Place): void {
    const value = path.reduce<Key>((key, data) => foldIn(key, data), this.#key);
    this.#pages[page]!.words.set(value, 2 * row);
  }

  #newPage(): Page {
    // Its memory may have belonged to something that is recorded and not submitted yet.
    this.#device.flush();
    const held = HeldTensor.from(this.#pool, this.#device, 'keys', 'u32', [PAGE_ROWS, 2]);
    return { held, words: new Uint32Array(2 * PAGE_ROWS), rows: 0 };
  }
}

interface Place {
  readonly page: number;
  readonly row: number;
}

/** One key of a plan; it gets its place when a kernel asks for it. */
class PlannedKey implements KeyTensor {
  readonly #plan: KeyPlan;
  readonly path: readonly number[];
  place: Place | null = null;

  constructor(plan: KeyPlan, path: readonly number[]) {
    this.#plan = plan;
    this.path = path;
  }

  get keys(): Tensor {
    return this.#plan.open(this.#placed());
  }

  get row(): number {
    return this.#placed().row;
  }

  foldIn(data: number): KeyTensor {
    return this.#plan.descendant([...this.path, data]);
  }

  #placed(): Place {
    this.place ??= this.#plan.assign(this);
    return this.place;
  }
}
