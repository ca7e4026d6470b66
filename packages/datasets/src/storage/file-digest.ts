import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DataError } from '../data-error';
import { fileError } from '../readers/file-error';
import type { DatasetFile } from './dataset-manifest';

/** Size and SHA-256 of a file, read in pieces. */
export async function digestOfFile(path: string): Promise<DatasetFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(piece);
      bytes += piece.length;
    }
  } catch (error) {
    throw fileError(error, path, path);
  }
  return { name: basename(path), bytes, sha256: hash.digest('hex') };
}

/** Size and SHA-256 of bytes. */
export function digestOfBytes(name: string, bytes: Uint8Array): DatasetFile {
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** @throws DataError `DATA_NOT_FOUND`, `DATA_TRUNCATED`, `DATA_CORRUPT` where the size is another */
export async function checkSize(path: string, { bytes }: DatasetFile): Promise<void> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw fileError(error, path, path);
  });
  if (size === bytes) return;
  throw new DataError(
    size < bytes ? 'DATA_TRUNCATED' : 'DATA_CORRUPT',
    path,
    `${bytes} bytes expected, got ${size}. Copy the file again.`,
  );
}

/** @throws DataError `DATA_CORRUPT` where the bytes are others */
export function checkDigest(path: string, expected: DatasetFile, found: DatasetFile): void {
  if (found.sha256 === expected.sha256) return;
  throw new DataError(
    'DATA_CORRUPT',
    path,
    `bytes with SHA-256 ${expected.sha256} expected, got ${found.sha256}. The file was changed after it was written; copy it again.`,
  );
}

/** The bytes of a file of a data set, after a look at size and digest. */
export async function readChecked(path: string, expected: DatasetFile): Promise<Uint8Array> {
  await checkSize(path, expected);
  const bytes = await readFile(path);
  checkDigest(path, expected, digestOfBytes(expected.name, bytes));
  return bytes;
}
