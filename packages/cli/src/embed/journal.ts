import { type FileHandle, open, rm, stat, truncate } from 'node:fs/promises';
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

  private constructor(
    out: string,
    readonly path: string,
    file: FileHandle,
    readonly tally: EmbeddingTally,
    /** Rows that were there when it was opened. */
    readonly done: readonly DoneInput[],
  ) {
    this.#out = out;
    this.#file = file;
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
        `embed: ${path} holds rows of a run that was stopped. Go on with --resume auto, or remove it to begin anew.`,
      );
    }
    const read = there ? await readJournal(path, header) : null;
    if (read) await onResultFile(out, truncate(path, read.bytes));
    const file = await onResultFile(out, open(path, read ? 'a' : 'w'));
    const journal = new Journal(out, path, file, read?.tally ?? new EmbeddingTally(), read?.done ?? []);
    if (!read) await journal.#append(header);
    return journal;
  }

  /** Rows in it. */
  get rows(): number {
    return this.tally.embeddings + this.tally.failures;
  }

  async add(batch: readonly EmbeddingRow[]): Promise<void> {
    await this.#append(batch);
    for (const row of batch) this.tally.add(row);
  }

  /** Ends the writing; the file stays. */
  close(): Promise<void> {
    return this.#file.close();
  }

  /** Takes the file away. */
  remove(): Promise<void> {
    return rm(this.path, { force: true });
  }

  #append(line: JournalHeader | readonly EmbeddingRow[]): Promise<void> {
    return onResultFile(this.#out, this.#file.appendFile(`${JSON.stringify(line)}\n`));
  }
}
