import type { SourceRecord } from '../source-record';
import { readSet } from '../store/read-set';

/** Every record of a set, in its order. */
export async function setRecords(set: string): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const record of readSet(set)) records.push(record);
  return records;
}
