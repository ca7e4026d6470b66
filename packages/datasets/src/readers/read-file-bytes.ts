import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { DataError } from '../data-error';
import { fileError } from './file-error';

/**
 * The bytes of a file, unpacked when its name ends in `.gz`, at most `maxBytes` of them after unpacking.
 *
 * @throws DataError as `fileLines`
 */
export async function readFileBytes(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = createReadStream(path);
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  if (bytes !== file) file.on('error', (error) => bytes.destroy(error));
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maxBytes) {
        throw new DataError(
          'DATA_TOO_LARGE',
          path,
          `at most ${maxBytes} bytes after unpacking expected, got more. Raise maxBytes if the file is trusted.`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw fileError(error, path, path);
  } finally {
    file.destroy();
  }
  return Buffer.concat(chunks);
}
