import { LossError } from './errors';

/** A run of rows. */
export interface RowChunk {
  readonly first: number;
  readonly count: number;
}

/** Bytes of a chunk, unless asked otherwise. */
const DEFAULT_CHUNK_BYTES: number = 64 * 2 ** 20;

/** Chunks are whole multiples of this where they can be, so that products fill their tiles. */
const STEP = 64;

/**
 * Cuts rows into runs that take at most `chunkBytes`, one row at least.
 *
 * @param bytesPerRow what one row's share of all matrices that are in memory together takes
 * @param largestTensorBytes what no tensor of the device may exceed
 * @throws {LossError} `OPTION` for a `chunkBytes` that is not positive
 */
export function rowChunks(
  loss: string,
  rows: number,
  bytesPerRow: number,
  largestTensorBytes: number,
  chunkBytes: number = DEFAULT_CHUNK_BYTES,
): RowChunk[] {
  if (!(chunkBytes > 0)) {
    throw new LossError(
      'OPTION',
      `${loss}: expected chunkBytes as a positive number of bytes, got ${chunkBytes}. Leave it out for 64 MiB.`,
    );
  }
  if (rows === 0) return [];
  const fitting = Math.floor(Math.min(chunkBytes, largestTensorBytes) / bytesPerRow);
  const whole = fitting >= STEP ? fitting - (fitting % STEP) : Math.max(1, fitting);
  const count = Math.min(rows, whole);
  return Array.from({ length: Math.ceil(rows / count) }, (_, index) => ({
    first: index * count,
    count: Math.min(count, rows - index * count),
  }));
}
