import { UsageError } from '../errors/cli-error';
import type { EmbeddingRow } from './embedding-row';
import { EmbeddingTally } from './embedding-tally';
import { journalLines } from './journal-lines';
import type { DoneInput } from './read-inputs';

/** First line of a journal: what its rows were made with. */
export interface JournalHeader {
  readonly journal: 'bravais embed 1';
  /** Digest of the model. */
  readonly model: string;
}

/** What a run that was stopped has left. */
export interface ReadJournal {
  /** Of the lines that are whole; what follows was cut short. */
  readonly bytes: number;
  readonly done: readonly DoneInput[];
  readonly tally: EmbeddingTally;
}

/**
 * Reads the rows of a run that was stopped; null where not even its first line is whole. Memory holds a number and a name an input.
 *
 * @throws {UsageError} where they were made with another model
 */
export async function readJournal(path: string, header: JournalHeader): Promise<ReadJournal | null> {
  const tally = new EmbeddingTally();
  const done: { id: string; rows: number; lastName: string | undefined }[] = [];
  let bytes = 0;
  for await (const { text, end } of journalLines(path)) {
    if (bytes === 0) requireHeader(path, text, header);
    else {
      const batch = batchOf(text);
      if (batch === undefined) break;
      for (const row of batch) {
        const last = done.at(-1);
        if (last?.id === row.id) {
          last.rows++;
          last.lastName = row.name;
        } else done.push({ id: row.id, rows: 1, lastName: row.name });
        tally.add(row);
      }
    }
    bytes = end;
  }
  return bytes === 0 ? null : { bytes, done, tally };
}

/** The rows of a line; `undefined` where it holds none, as after a loss of power. */
export function batchOf(text: string): readonly EmbeddingRow[] | undefined {
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) && rows.every(isRow) ? rows : undefined;
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is EmbeddingRow {
  const row = value as Partial<Record<'id' | 'embedding' | 'error', unknown>> | null;
  return typeof row?.id === 'string' && (Array.isArray(row.embedding) || row.error instanceof Object);
}

function requireHeader(path: string, text: string, header: JournalHeader): void {
  if (text === JSON.stringify(header)) return;
  throw new UsageError(
    `embed: ${path} must hold rows of this model (${JSON.stringify(header)}), got ${text.slice(0, 120)}. Embed with the model it was begun with, or remove it to begin anew.`,
  );
}
