import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { outputError } from './output-error';

/** A file that starts whole and grows by whole parts; each part reaches the system at once, the disk at {@link GrowingFile.flush}. */
export class GrowingFile {
  readonly #path: string;
  readonly #file: number;

  /**
   * Replaces what is at `path` by `head`, at once.
   *
   * @throws OutputError where it cannot be written
   */
  constructor(path: string, head: string | Uint8Array) {
    const partial = join(dirname(path), `.${basename(path)}.partial`);
    this.#path = path;
    this.#file = guarded(path, () => {
      writeFileSync(partial, head, { flush: true });
      renameSync(partial, path);
      return openSync(path, 'a');
    });
  }

  /** Adds a part: a line with its newline, or a record. */
  append(part: string | Uint8Array): void {
    guarded(this.#path, () => writeFileSync(this.#file, part));
  }

  /** Waits until every part is on the disk. */
  flush(): void {
    guarded(this.#path, () => fsyncSync(this.#file));
  }

  /** Flushes and closes; nothing can be added any more. */
  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}

function guarded<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    rmSync(join(dirname(path), `.${basename(path)}.partial`), { force: true });
    throw outputError(dirname(path), cause);
  }
}
