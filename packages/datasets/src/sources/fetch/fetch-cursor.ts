import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../data-error';
import { followedUrl } from '../http/checked-url';
import { writeWhole } from '../store/write-whole';

/** How far a fetch has come: everything needed to go on. */
export interface FetchCursor {
  readonly schema: 1;
  /** First URL of the question; another question does not go on here. */
  readonly firstUrl: string;
  /** Next URL to ask; null where the last page is there. */
  readonly next: string | null;
  /** Pages on disk. */
  readonly pages: number;
  /** Records and refusals on these pages. */
  readonly items: number;
}

const CURSOR_FILE = 'cursor.json';

/**
 * The cursor in a folder, `undefined` where there is none.
 *
 * @throws DataError `DATA_INVALID` where it is damaged or belongs to another question; FetchError `FETCH_REDIRECT` where it leads to
 * another host
 */
export async function readCursor(folder: string, firstUrl: string): Promise<FetchCursor | undefined> {
  const path = join(folder, CURSOR_FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const remedy = 'Remove this folder to begin anew, or choose another one with --out.';
  let cursor: Partial<FetchCursor> | null = null;
  try {
    cursor = JSON.parse(text) as Partial<FetchCursor> | null;
  } catch {
    // Told below.
  }
  const counts = [cursor?.pages, cursor?.items];
  const whole = counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0);
  if (cursor?.schema !== 1 || !whole || !(cursor.next === null || typeof cursor.next === 'string')) {
    throw new DataError('DATA_INVALID', path, `the cursor of a fetch expected, got other text. ${remedy}`);
  }
  if (cursor.firstUrl !== firstUrl) {
    const got = 'that of another question';
    throw new DataError('DATA_INVALID', path, `the cursor of this question expected, got ${got}. ${remedy}`);
  }
  // A key goes with some requests: whoever can write here must not send it elsewhere.
  if (cursor.next !== null) followedUrl(new URL(firstUrl), cursor.next, true);
  return cursor as FetchCursor;
}

/** Writes the cursor beside its place and renames it. */
export function writeCursor(folder: string, cursor: FetchCursor): Promise<void> {
  return writeWhole(join(folder, CURSOR_FILE), `${JSON.stringify(cursor)}\n`);
}
