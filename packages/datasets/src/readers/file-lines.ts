import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { DataError } from '../data-error';
import { fileError } from './file-error';

/** One line of a text file and where it stands, for error messages. */
export interface FileLine {
  readonly text: string;
  /** `file:line`, lines from 1. */
  readonly where: string;
}

/** Bounds on an untrusted file. */
export interface LineLimits {
  /** Bytes in one line; 4 MiB by default. */
  readonly maxLineBytes?: number;
  /** Lines in the file; 10 million by default. */
  readonly maxLines?: number;
}

const DEFAULT_MAX_LINE_BYTES = 4 * 2 ** 20;
const DEFAULT_MAX_LINES = 10_000_000;
const NEWLINE = 10;

/**
 * The lines of a UTF-8 file, unpacked on the way when its name ends in `.gz`; memory is bounded by one line.
 *
 * @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`, `DATA_TRUNCATED` (gzip stream ends early), `DATA_CORRUPT` (not
 * gzip, checksum), `DATA_TOO_LARGE`
 */
export async function* fileLines(
  path: string,
  limits: LineLimits = {},
): AsyncGenerator<FileLine, void, undefined> {
  const maxLineBytes = limits.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES;
  const maxLines = limits.maxLines ?? DEFAULT_MAX_LINES;
  let lineNumber = 1;
  const where = (): string => `${path}:${lineNumber}`;
  const pending: Buffer[] = [];
  let pendingBytes = 0;
  const take = (chunk: Buffer): void => {
    pendingBytes += chunk.length;
    if (pendingBytes > maxLineBytes) {
      throw new DataError(
        'DATA_TOO_LARGE',
        where(),
        `a line of at most ${maxLineBytes} bytes expected, got more. Is this JSON Lines, one record a line?`,
      );
    }
    pending.push(chunk);
  };
  const finish = (): FileLine => {
    if (lineNumber > maxLines) {
      throw new DataError(
        'DATA_TOO_LARGE',
        where(),
        `at most ${maxLines} lines expected, got more. Split the file or raise the limit.`,
      );
    }
    const line = { text: Buffer.concat(pending).toString('utf8'), where: where() };
    pending.length = 0;
    pendingBytes = 0;
    lineNumber++;
    return line;
  };
  const file = createReadStream(path);
  const bytes = /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file;
  if (bytes !== file) file.on('error', (error) => bytes.destroy(error));
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        take(chunk.subarray(start, end));
        yield finish();
        start = end + 1;
      }
      if (start < chunk.length) take(chunk.subarray(start));
    }
  } catch (error) {
    throw fileError(error, path, where());
  } finally {
    file.destroy();
  }
  if (bytes !== file && file.bytesRead === 0) {
    throw new DataError(
      'DATA_TRUNCATED',
      where(),
      'gzip data expected, got an empty file. Download it again.',
    );
  }
  if (pendingBytes > 0) yield finish();
}
