import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../store/write-whole';
import { displayUrl } from './safe-url';

/** An answer as it is kept. */
export interface CachedResponse {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

interface CacheEntry {
  readonly url: string;
  readonly contentType: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly sha256: string;
}

/** SHA-256 in hexadecimal digits. */
function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Answers on disk by the SHA-256 of their URL: `<key>.body`, and `<key>.json` with validators and checksum. What does not fit its
 * checksum counts as absent. No request header is stored, so no key can be.
 */
export class ResponseCache {
  constructor(readonly folder: string) {}

  async read(url: URL): Promise<CachedResponse | undefined> {
    const [entryPath, bodyPath] = this.#paths(url);
    try {
      const entry = JSON.parse(await readFile(entryPath, 'utf8')) as Partial<CacheEntry>;
      const bytes = await readFile(bodyPath);
      if (sha256Hex(bytes) !== entry.sha256) return undefined;
      const { contentType = '', etag = null, lastModified = null } = entry;
      return { bytes, contentType, etag, lastModified };
    } catch {
      return undefined;
    }
  }

  async write(url: URL, { bytes, contentType, etag, lastModified }: CachedResponse): Promise<void> {
    const [entryPath, bodyPath] = this.#paths(url);
    await mkdir(this.folder, { recursive: true });
    await writeWhole(bodyPath, bytes);
    const entry: CacheEntry = {
      url: displayUrl(url),
      contentType,
      etag,
      lastModified,
      sha256: sha256Hex(bytes),
    };
    await writeWhole(entryPath, `${JSON.stringify(entry)}\n`);
  }

  #paths(url: URL): readonly [entry: string, body: string] {
    const key = sha256Hex(url.href);
    return [join(this.folder, `${key}.json`), join(this.folder, `${key}.body`)];
  }
}
