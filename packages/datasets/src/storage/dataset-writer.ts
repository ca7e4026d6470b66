import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DataError } from '../data-error';
import { fileError } from '../readers/file-error';
import { datasetCard } from './dataset-card';
import {
  arraysFile,
  CARD_FILE,
  type DatasetManifest,
  type DatasetOrigin,
  MANIFEST_FILE,
  TABLE_FILE,
} from './dataset-manifest';
import { DatasetTally } from './dataset-tally';
import { type EncodedChunk, tableOfBytes } from './encode-chunk';
import { digestOfBytes, digestOfFile } from './file-digest';
import { writeTable } from './parquet-table';
import { PREFIXES, type TableChunk } from './table-columns';

/**
 * Writes a data set into a folder beside its own, which takes its place when all is written; nothing is left otherwise.
 *
 * Chunks may come in any order. Names of scalars, labels and views are those of all records together, so the table is written last, from
 * chunks kept on disk.
 */
export class DatasetWriter {
  readonly #folder: string;
  readonly #partial: string;
  readonly #overwrite: boolean;
  readonly #tally = new DatasetTally();

  private constructor(folder: string, overwrite: boolean) {
    this.#folder = resolve(folder);
    this.#partial = `${this.#folder}.${randomUUID()}.partial`;
    this.#overwrite = overwrite;
  }

  /**
   * @param overwrite whether a data set that is there may be replaced; any other folder never is
   * @throws DataError where the folder cannot be written, or is taken
   */
  static async create(folder: string, overwrite: boolean): Promise<DatasetWriter> {
    const writer = new DatasetWriter(folder, overwrite);
    await writer.#requireFree();
    await mkdir(writer.#partial, { recursive: true }).catch((error: unknown) => {
      throw fileError(error, folder, folder);
    });
    return writer;
  }

  /** Keeps a chunk; `place` is its place in the order of the records. @throws DataError `DATA_INVALID` where it does not go with the others */
  async add(place: number, chunk: EncodedChunk): Promise<void> {
    const { arrays, table } = chunk;
    this.#tally.add(place, chunk, arrays === null ? undefined : digestOfBytes(arraysFile(place), arrays));
    await writeFile(this.#spool(place), table);
    if (arrays !== null) await writeWhole(join(this.#partial, arraysFile(place)), arrays);
  }

  /** Writes table, manifest and card, and puts the folder in its place. */
  async finish(origin: DatasetOrigin): Promise<DatasetManifest> {
    const table = join(this.#partial, TABLE_FILE);
    await writeTable(table, this.#columnNames(), this.#tables());
    const manifest = this.#tally.manifest(origin, await digestOfFile(table));
    const text = new TextEncoder();
    await writeWhole(join(this.#partial, CARD_FILE), text.encode(datasetCard(manifest)));
    await writeWhole(
      join(this.#partial, MANIFEST_FILE),
      text.encode(`${JSON.stringify(manifest, null, 1)}\n`),
    );
    await this.#requireFree();
    const old = `${this.#partial}.old`;
    const replaced = await rename(this.#folder, old).then(
      () => true,
      () => false,
    );
    await rename(this.#partial, this.#folder);
    if (replaced) await rm(old, { recursive: true });
    return manifest;
  }

  /** Takes away what was written. */
  async abandon(): Promise<void> {
    await rm(this.#partial, { recursive: true, force: true });
  }

  #spool(place: number): string {
    return join(this.#partial, `${place}.spool`);
  }

  #columnNames(): string[] {
    const { scalars, labels, texts } = this.#tally.names();
    return [
      ...scalars.map((name) => PREFIXES.scalars + name),
      ...labels.map((name) => PREFIXES.labels + name),
      ...texts.map((name) => PREFIXES.texts + name),
    ];
  }

  async *#tables(): AsyncGenerator<TableChunk, void, undefined> {
    for (const place of this.#tally.places()) {
      const spool = this.#spool(place);
      yield tableOfBytes(await readFile(spool));
      await rm(spool);
    }
  }

  /** Nothing there, or a data set that may be replaced. */
  async #requireFree(): Promise<void> {
    const [folder, taken] = [this.#folder, await exists(this.#folder)];
    if (!taken || (this.#overwrite && (await exists(join(folder, MANIFEST_FILE))))) return;
    throw new DataError(
      'DATA_INVALID',
      folder,
      this.#overwrite
        ? `a data set, or nothing, expected, got something without ${MANIFEST_FILE}. Choose another folder.`
        : `a folder that is not there yet expected, got one that is. Choose another in ${dirname(folder)}, or overwrite it.`,
    );
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Writes a file and waits until it is on the disk. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
