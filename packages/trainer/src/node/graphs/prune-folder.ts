import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** What a cache folder is held to. */
export interface FolderLimit {
  /** Most bytes that the files may take together. */
  readonly bytes: number;
  /** Files that go last, as they were used just now; by path. */
  readonly inUse: { has(file: string): boolean };
}

/** Files of the cache, and what a process that was killed has left of one. */
const WHOLE = /^[0-9a-f]{64}\.graphs$/;
const PARTIAL = /^[0-9a-f]{64}\.graphs\.[0-9a-f-]{36}\.part$/;
/** A file is written within seconds. */
const ABANDONED_MS = 3_600_000;

interface KeptFile {
  readonly file: string;
  readonly bytes: number;
  /** Time of the last use, in ms. */
  readonly usedMs: number;
}

/**
 * Removes files of the graph cache, the longest unused first, until those that stay take no more than the limit; and what
 * killed processes have left. Other files of the folder are neither counted nor touched.
 *
 * Several processes may do so at once: a file that is gone already is passed over.
 */
export async function pruneFolder(folder: string, { bytes, inUse }: FolderLimit): Promise<void> {
  const kept: KeptFile[] = [];
  for (const name of await readdir(folder)) {
    if (!WHOLE.test(name) && !PARTIAL.test(name)) continue;
    const file = join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found?.isFile()) kept.push({ file, bytes: found.size, usedMs: found.mtimeMs });
  }
  const isPartial = ({ file }: KeptFile): boolean => PARTIAL.test(basename(file));
  const now = Date.now();
  for (const partial of kept.filter(isPartial)) {
    if (now - partial.usedMs > ABANDONED_MS) await rm(partial.file, { force: true });
  }
  const whole = kept.filter((entry) => !isPartial(entry));
  let total = whole.reduce((sum, entry) => sum + entry.bytes, 0);
  const rank = ({ file }: KeptFile): number => (inUse.has(file) ? 1 : 0);
  whole.sort((a, b) => rank(a) - rank(b) || a.usedMs - b.usedMs || (a.file < b.file ? -1 : 1));
  for (const { file, bytes: size } of whole) {
    if (total <= bytes) return;
    await rm(file, { force: true });
    total -= size;
  }
}
