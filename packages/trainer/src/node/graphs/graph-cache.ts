import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crystal, CrystalGraphOptions } from '@bravais/graph-nn';
import { canonicalJson } from '../../config/canonical-json';
import { systemCode } from '../output-error';
import { damaged } from './column';
import { packCrystals } from './crystal-bytes';
import { decodeGraphs } from './decode-graphs';
import { GRAPH_FORMAT } from './encode-graphs';
import type { GraphOrError } from './graph-or-error';
import { pruneFolder } from './prune-folder';

/** Larger files are neither written nor read. */
const MAX_FILE_BYTES = 1 << 30;
const DIGEST_BYTES = 32;

/**
 * Graphs in a folder, a file for each shard: its graphs as `encodeGraphs` gives them, then the SHA-256 of these bytes.
 *
 * Files are named by the SHA-256 of crystals, options and format, so equal content is found whatever data set it is in, and a file
 * never has to change: processes may share the folder, and any file may be deleted at any time.
 *
 * The time of a file is that of its last use. A set that is larger than the limit keeps as much of itself as fits, the same part each
 * time: were later shards to push out earlier ones, none would be found again.
 */
export class GraphCache {
  readonly #folder: string;
  readonly #options: CrystalGraphOptions;
  readonly #limitBytes: number;
  readonly #note: (text: string) => void;
  /** Files read or written, with their bytes. */
  readonly #used = new Map<string, number>();
  #writable = true;

  /**
   * @param limitBytes most that the folder holds after {@link prune}
   * @param note told, in a sentence, of files that cannot be used or written; none of that is an error
   */
  constructor(
    folder: string,
    options: CrystalGraphOptions,
    limitBytes: number,
    note: (text: string) => void,
  ) {
    this.#folder = folder;
    this.#options = options;
    this.#limitBytes = limitBytes;
    this.#note = note;
  }

  /** Name of the file of a shard. */
  fileOf(crystals: readonly Crystal[]): string {
    const digest = createHash('sha256')
      .update(`${GRAPH_FORMAT}\n${canonicalJson(this.#options)}\n`)
      .update(new Uint8Array(packCrystals(crystals).buffer))
      .digest('hex');
    return join(this.#folder, `${digest}.graphs`);
  }

  /** The graphs of a shard; null where they are not there or cannot be trusted. */
  async read(file: string, crystals: readonly Crystal[]): Promise<GraphOrError[] | null> {
    try {
      const bytes = await readBounded(file);
      const end = bytes.length - DIGEST_BYTES;
      if (end < 0 || !digestOf(bytes.subarray(0, end)).equals(bytes.subarray(end))) {
        throw damaged(file, 'the bytes that were written', 'others');
      }
      const graphs = decodeGraphs(bytes.subarray(0, end), crystals, file);
      this.#used.set(file, bytes.length);
      return graphs;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') this.#note(`graphs are made again: ${messageOf(error)}`);
      return null;
    }
  }

  /** Keeps the graphs of a shard, where there is room beside the others that were used: written beside, then renamed. */
  async write(file: string, encoded: Uint8Array): Promise<void> {
    const size = encoded.length + DIGEST_BYTES;
    if (!this.#writable || size > MAX_FILE_BYTES) return;
    const others = [...this.#used].reduce((sum, [used, bytes]) => (used === file ? sum : sum + bytes), 0);
    if (others + size > this.#limitBytes) return;
    const partial = `${file}.${randomUUID()}.part`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(partial, [encoded, digestOf(encoded)], { flag: 'wx' });
      await rename(partial, file);
      this.#used.set(file, size);
    } catch (error) {
      this.#writable = false;
      this.#note(`no graphs are kept in ${this.#folder}: ${messageOf(error)}`);
      await rm(partial, { force: true }).catch(() => undefined);
    }
  }

  /** Removes the files that are longest unused, until the folder is within its limit. */
  async prune(): Promise<void> {
    try {
      await pruneFolder(this.#folder, { bytes: this.#limitBytes, inUse: this.#used });
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || !this.#writable) return;
      this.#note(`${this.#folder} may hold more than its limit: ${messageOf(error)}`);
    }
  }
}

async function readBounded(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > MAX_FILE_BYTES) throw damaged(file, `at most ${MAX_FILE_BYTES} bytes`, String(size));
    const bytes = await handle.readFile();
    const now = new Date();
    // Graphs in a folder that may only be read are as good.
    await handle.utimes(now, now).catch(() => undefined);
    return bytes;
  } finally {
    await handle.close();
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
