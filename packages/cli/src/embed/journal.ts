import { type FileHandle, open, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { UsageError } from '../errors/cli-error';
import { onResultFile } from '../files/write-result';
import type { EmbeddingRow } from './embedding-row';
import { EmbeddingTally } from './embedding-tally';
import type { DoneInput } from './read-inputs';
import { type JournalHeader, readJournal } from './read-journal';

/** Rows on their way to a result file: JSON lines behind a header, one a batch of rows, each with the system as soon as it is there. */
export class Journal {
  readonly #out: string;
  readonly #file: FileHandle;
  /** Bytes in it, all by this process or there before. */
  #bytes: number;
  /** Whether another process was found to write to it. */
  isShared = false;

  private constructor(
    out: string,
    readonly path: string,
    file: FileHandle,
    bytes: number,
    readonly tally: EmbeddingTally,
    /** Rows that were there when it was opened. */
    readonly done: readonly DoneInput[],
  ) {
    this.#out = out;
    this.#file = file;
    this.#bytes = bytes;
  }

  /**
   * Begins the journal of a result file, `<out>.partial`, or with `resume` goes on with the one that is there.
   *
   * @throws {UsageError} where there is one and `resume` is not set, or one of another model
   * @throws {ResultFileError} where it cannot be written
   */
  static async open(out: string, header: JournalHeader, resume: boolean): Promise<Journal> {
    const path = `${out}.partial`;
    const there = await stat(path).then(
      () => true,
      () => false,
    );
    if (there && !resume) {
      throw new UsageError(
        `embed: ${path} holds rows of a run that was stopped or still runs. Go on with --resume auto, or remove it to begin anew.`,
      );
    }
    const read = there ? await readJournal(path, header) : null;
    const { bytes, tally, done } = read ?? { bytes: 0, tally: new EmbeddingTally(), done: [] };
    await onResultFile(out, read ? truncate(path, bytes) : writeFile(path, ''));
    const file = await onResultFile(out, open(path, 'a'));
    const journal = new Journal(out, path, file, bytes, tally, done);
    if (!read) await journal.#append(header);
    return journal;
  }

  /** Rows in it. */
  get rows(): number {
    return this.tally.embeddings + this.tally.failures;
  }

  /** @throws {UsageError} where another process writes to it */
  async add(batch: readonly EmbeddingRow[]): Promise<void> {
    await this.requireAlone();
    await this.#append(batch);
    for (const row of batch) this.tally.add(row);
  }

  /** @throws {UsageError} where another process has written to it, or taken it away */
  async requireAlone(): Promise<void> {
    const { size, nlink } = await onResultFile(this.#out, this.#file.stat());
    if (size === this.#bytes && nlink > 0) return;
    this.isShared = true;
    throw new UsageError(
      `embed: ${this.path} must be written by one run at a time, got another that writes to it. Wait until that run ends, then go on with --resume auto.`,
    );
  }

  /** Ends the writing; the file stays. */
  close(): Promise<void> {
    return this.#file.close();
  }

  /** Takes the file away. */
  remove(): Promise<void> {
    return rm(this.path, { force: true });
  }

  async #append(line: JournalHeader | readonly EmbeddingRow[]): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    await onResultFile(this.#out, this.#file.appendFile(text));
    this.#bytes += Buffer.byteLength(text);
  }
}
