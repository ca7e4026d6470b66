import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { keepThroughStep } from '../metrics/keep-through-step';
import { MetricsError } from '../metrics/metrics-error';
import { outputError, systemCode } from './output-error';

/** A file of JSON lines that grows by whole lines; each line reaches the system at once, the disk at {@link JsonLinesFile.flush}. */
export class JsonLinesFile {
  readonly #path: string;
  readonly #file: number;

  /**
   * Starts `path` anew, or, for a run that goes on after a step, with the lines up to that step.
   *
   * @throws OutputError where it cannot be written, MetricsError where the lines to keep cannot be read.
   */
  constructor(path: string, keepThrough: number | null) {
    const kept = keepThrough === null ? '' : keepThroughStep(readIfThere(path), keepThrough, path);
    const partial = join(dirname(path), `.${basename(path)}.partial`);
    this.#path = path;
    this.#file = guarded(path, () => {
      writeFileSync(partial, kept, { flush: true });
      renameSync(partial, path);
      return openSync(path, 'a');
    });
  }

  /** Adds one line, which ends with its newline. */
  append(line: string): void {
    guarded(this.#path, () => writeFileSync(this.#file, line));
  }

  /** Waits until every line is on the disk. */
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

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT') return '';
    const message = `${path}:1: must be a file you may read, got ${code ?? String(cause)}. Change its permissions, or start a new output folder.`;
    throw new MetricsError('UNREADABLE', message, { cause });
  }
}
