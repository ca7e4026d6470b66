import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RefusedRecord, SourceItem, SourceRecord } from '../source-record';
import { datasetCard } from './dataset-card';
import { diskError } from './disk-error';
import { jsonLinesStore, type RecordStore } from './record-store';
import { MANIFEST_FILE, type SetManifest, type SetOrigin } from './set-manifest';
import { writeWhole } from './write-whole';

/** Refusals that the manifest spells out. */
const LISTED_REFUSALS = 100;

/**
 * Writes a set: its records, then the licence and citation card `README.md`, then `set.json`. Files appear whole; a failure before the
 * end leaves what was there.
 *
 * @param folder of the set; made where it is not there
 * @throws DataError
 */
export async function writeSet(
  folder: string,
  origin: SetOrigin,
  items: AsyncIterable<SourceItem>,
  store: RecordStore = jsonLinesStore,
): Promise<SetManifest> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw diskError(error, folder);
  });
  const [scalars, texts, arrays] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const first: RefusedRecord[] = [];
  let [structures, refused] = [0, 0];
  async function* records(): AsyncGenerator<SourceRecord, void, undefined> {
    for await (const item of items) {
      if ('refused' in item) {
        if (++refused <= LISTED_REFUSALS) first.push(item.refused);
        continue;
      }
      const { record } = item;
      if (record.structure !== undefined) structures++;
      for (const name of Object.keys(record.scalars)) scalars.add(name);
      for (const name of Object.keys(record.texts)) texts.add(name);
      for (const name of Object.keys(record.arrays)) arrays.add(name);
      yield record;
    }
  }
  const path = join(folder, store.fileName);
  const count = await store.write(path, records());
  const manifest: SetManifest = {
    ...origin,
    schema: 1,
    file: store.fileName,
    bytes: (await stat(path)).size,
    sha256: await fileSha256(path),
    records: count,
    structures,
    scalars: [...scalars].sort(),
    texts: [...texts].sort(),
    arrays: [...arrays].sort(),
    refused: { count: refused, first },
  };
  await writeWhole(join(folder, 'README.md'), datasetCard(manifest));
  await writeWhole(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** SHA-256 of a file in hexadecimal digits. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
