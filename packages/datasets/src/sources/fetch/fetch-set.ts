import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonLines } from '../../readers/json-lines';
import { objectField, stringField } from '../../readers/record-fields';
import { FetchError } from '../http/fetch-error';
import type { HttpClient } from '../http/http-client';
import type { SourceItem } from '../source-record';
import { diskError } from '../store/disk-error';
import { UNFINISHED_FOLDER } from '../store/list-sets';
import { recordOfJson, recordToJson } from '../store/record-json';
import { jsonLinesStore, type RecordStore } from '../store/record-store';
import type { SetManifest } from '../store/set-manifest';
import { writeSet } from '../store/write-set';
import { writeWhole } from '../store/write-whole';
import { type FetchCursor, readCursor, writeCursor } from './fetch-cursor';
import type { PageSource } from './page-source';

/** How much to fetch, and who watches. */
export interface FetchSetOptions {
  /** At most so many records, refused ones counted. */
  readonly limit?: number;
  /** Day of retrieval, YYYY-MM-DD. */
  readonly date?: string;
  /** Called after each page. */
  readonly onPage?: (progress: { pages: number; items: number; total: number | null }) => void;
  readonly store?: RecordStore;
}

/** Pages of one fetch: a server whose pages never end is stopped. */
const MAX_PAGES = 200_000;
const MAX_LINE_BYTES = 128 * 2 ** 20;

/**
 * Fetches every page of a question into a set. Pages that came stay in `<folder>/.unfinished` until the last one is there, so that the same
 * call after a failure goes on where it stopped; a set that was there stays whole until the new one is.
 *
 * @throws FetchError, DataError
 * @example
 * ```ts no-run
 * const source = optimadeSource({ name: 'cod', database: OPTIMADE_PRESETS.cod!, filter: 'elements HAS ALL "Ti","O"' });
 * await fetchSet('data/cod', source, new HttpClient({ online: true }), { limit: 100, date: '2026-01-31' });
 * ```
 */
export async function fetchSet(
  folder: string,
  source: PageSource,
  client: HttpClient,
  options: FetchSetOptions = {},
): Promise<SetManifest> {
  const { limit = Number.POSITIVE_INFINITY, date, onPage, store = jsonLinesStore } = options;
  const unfinished = join(folder, UNFINISHED_FOLDER);
  await mkdir(unfinished, { recursive: true }).catch((error: unknown) => {
    throw diskError(error, folder);
  });
  const { firstUrl } = source;
  let cursor: FetchCursor = (await readCursor(unfinished, firstUrl)) ?? {
    schema: 1,
    firstUrl,
    next: firstUrl,
    pages: 0,
    items: 0,
  };
  while (cursor.next !== null && cursor.items < limit) {
    const asked = cursor.next;
    const { items, next, total } = await source.page(client, asked);
    if (next === asked || cursor.pages >= MAX_PAGES) throw endless(asked, cursor.pages);
    await writeWhole(pagePath(unfinished, cursor.pages), items.map(itemToJson).join(''));
    cursor = { ...cursor, next, pages: cursor.pages + 1, items: cursor.items + items.length };
    await writeCursor(unfinished, cursor);
    onPage?.({ pages: cursor.pages, items: cursor.items, total });
  }
  const origin = { ...source.origin, ...(date === undefined ? {} : { date }) };
  const manifest = await writeSet(folder, origin, pageItems(unfinished, cursor.pages, limit), store);
  await rm(unfinished, { recursive: true, force: true });
  return manifest;
}

async function* pageItems(
  folder: string,
  pages: number,
  limit: number,
): AsyncGenerator<SourceItem, void, undefined> {
  const ids = new Set<string>();
  let given = 0;
  for (let page = 0; page < pages; page++) {
    for await (const line of readJsonLines(pagePath(folder, page), { maxLineBytes: MAX_LINE_BYTES })) {
      if (given++ >= limit) return;
      if (line.value.refused !== undefined) {
        const refused = objectField(line, 'refused');
        const [id, code, message] = ['id', 'code', 'message'].map((key) => stringField(refused, key)) as [
          string,
          string,
          string,
        ];
        yield { refused: { id, code, message } };
      }
      // A database that changes while its pages are turned gives a record twice.
      else if (ids.size === ids.add(stringField(line, 'id')).size) {
        const message = `${line.where} an id that has not come before expected, got it twice. The first one is kept.`;
        yield { refused: { id: stringField(line, 'id'), code: 'DATA_INVALID', message } };
      } else yield { record: recordOfJson(line) };
    }
  }
}

function pagePath(folder: string, page: number): string {
  return join(folder, `page-${String(page).padStart(6, '0')}.jsonl`);
}

function itemToJson(item: SourceItem): string {
  return 'record' in item ? `${recordToJson(item.record)}\n` : `${JSON.stringify(item)}\n`;
}

function endless(url: string, pages: number): FetchError {
  return new FetchError('FETCH_INVALID', url, {
    expected: 'a link to a page that has not come yet expected',
    got: pages >= MAX_PAGES ? `more than ${MAX_PAGES} pages` : 'a link to the same page',
    remedy: 'Narrow the filter, or tell the keepers of the service.',
  });
}
