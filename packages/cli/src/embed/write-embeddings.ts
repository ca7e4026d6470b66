import type { EmbeddingRow } from './embedding-row';
import type { EmbeddingTally } from './embedding-tally';
import { type EmbeddingFormat, finishEmbeddings } from './finish-embeddings';
import { Journal } from './journal';
import type { DoneInput } from './read-inputs';

/** How {@link writeEmbeddings} writes. */
export interface WriteEmbeddingsOptions {
  readonly out: string;
  readonly format: EmbeddingFormat;
  /** Digest of the model. */
  readonly model: string;
  /** Goes on with the rows of a run that was stopped. */
  readonly resume: boolean;
  readonly talk: (text: string) => void;
}

/**
 * Writes rows as `compute` adds them, into a journal `<out>.partial`, and at the end into `out`, which stays as it was until then. Where
 * `compute` fails, or the process is killed, the journal stays; without any row it is taken away.
 *
 * @param compute is told which rows are there already
 * @throws {UsageError}, {ResultFileError}; what `compute` throws
 */
export async function writeEmbeddings(
  { out, format, model, resume, talk }: WriteEmbeddingsOptions,
  compute: (
    done: readonly DoneInput[],
    add: (batch: readonly EmbeddingRow[]) => Promise<void>,
  ) => Promise<void>,
): Promise<EmbeddingTally> {
  const journal = await Journal.open(out, { journal: 'bravais embed 1', model }, resume);
  if (journal.rows > 0) talk(`${journal.path}: ${journal.rows} rows are there, going on behind them`);
  try {
    try {
      await compute(journal.done, (batch) => journal.add(batch));
      await journal.requireAlone();
    } finally {
      await journal.close();
    }
    await finishEmbeddings(journal.path, out, format);
  } catch (error) {
    if (journal.isShared) throw error;
    if (journal.rows === 0) await journal.remove();
    else talk(`${journal.path} keeps ${journal.rows} rows: the same command with --resume auto goes on`);
    throw error;
  }
  await journal.remove();
  return journal.tally;
}
