import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readJsonLines } from '../../readers/json-lines';
import type { SourceRecord } from '../source-record';
import { diskError } from './disk-error';
import { recordOfJson, recordToJson } from './record-json';

/** How the records of a set lie on disk: one file. */
export interface RecordStore {
  /** Its name in the folder of the set. */
  readonly fileName: string;
  /** Writes all records, whole or not at all, and says how many. Memory is bounded by one record. */
  write(path: string, records: AsyncIterable<SourceRecord>): Promise<number>;
  /** Reads them one by one. */
  read(path: string): AsyncGenerator<SourceRecord, void, undefined>;
}

/** Bytes of one record in JSON: a charge density of 200³ values. */
const MAX_RECORD_BYTES = 128 * 2 ** 20;

/** One record a line, gzip; the same records give the same bytes. */
export const jsonLinesStore: RecordStore = {
  fileName: 'records.jsonl.gz',
  async write(path, records) {
    const partial = `${path}.partial`;
    let count = 0;
    async function* lines(): AsyncGenerator<string, void, undefined> {
      for await (const record of records) {
        count++;
        yield `${recordToJson(record)}\n`;
      }
    }
    try {
      await pipeline(lines, createGzip(), createWriteStream(partial));
      const file = await open(partial, 'r+');
      await file.sync().finally(() => file.close());
      await rename(partial, path);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      throw diskError(error, path);
    }
    return count;
  },
  async *read(path) {
    for await (const line of readJsonLines(path, { maxLineBytes: MAX_RECORD_BYTES }))
      yield recordOfJson(line);
  },
};
