import { FormatError } from '../format-error';
import { gunzip, isGzip } from './gunzip';

/** What a streaming reader takes: text, bytes (gzip or not), or a stream of bytes. */
export type ByteSource = string | Uint8Array | AsyncIterable<Uint8Array>;

/** Bounds on an untrusted source. */
export interface SourceLimits {
  /** Name for messages. */
  readonly file: string;
  /** Bytes after unpacking. */
  readonly maxBytes: number;
}

/** Characters handed over at once where the text is there as a whole. */
const CHUNK_LENGTH = 2 ** 18;

/**
 * The text of a source, piece by piece: unpacked where it begins like gzip, decoded as UTF-8, byte order mark removed.
 *
 * @throws FormatError `DATA_TOO_LARGE`, `DATA_CORRUPT`, `DATA_TRUNCATED`
 */
export async function* textChunks(
  source: ByteSource,
  limits: SourceLimits,
): AsyncGenerator<string, void, undefined> {
  if (typeof source === 'string') {
    for (let start = 0; start < source.length; start += CHUNK_LENGTH) {
      yield source.slice(start, start + CHUNK_LENGTH);
    }
    return;
  }
  const decoder = new TextDecoder();
  for await (const bytes of unpackedChunks(source, limits)) {
    const text = decoder.decode(bytes, { stream: true });
    if (text.includes('\0')) {
      throw new FormatError(
        'DATA_CORRUPT',
        { file: limits.file },
        {
          expected: 'a text file expected',
          got: 'a NUL character',
          remedy: 'This is a binary or damaged file: export it again as text.',
        },
      );
    }
    yield text;
  }
  yield decoder.decode();
}

/** All bytes of a source after unpacking, at most `maxBytes`. */
export async function unpackedBytes(source: ByteSource, limits: SourceLimits): Promise<Uint8Array> {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of unpackedChunks(bytes, limits)) {
    chunks.push(chunk);
    length += chunk.length;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

async function* unpackedChunks(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  limits: SourceLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = source instanceof Uint8Array ? pieces(source) : source;
  const iterator = stream[Symbol.asyncIterator]();
  let opened = false;
  try {
    const head = await firstBytes(iterator);
    const whole = joined(head, iterator);
    opened = true;
    const chunks = isGzip(head) ? gunzip(whole, limits.file) : whole;
    let total = 0;
    for await (const chunk of chunks) {
      total += chunk.length;
      if (total > limits.maxBytes) throw tooLarge(limits);
      yield chunk;
    }
  } finally {
    if (!opened) await iterator.return?.();
  }
}

/** At least two bytes, so that the mark of gzip is seen whatever the chunks. */
async function firstBytes(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array();
  while (head.length < 2) {
    const { done, value } = await iterator.next();
    if (done) break;
    const longer = new Uint8Array(head.length + value.length);
    longer.set(head);
    longer.set(value, head.length);
    head = longer;
  }
  return head;
}

async function* joined(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += CHUNK_LENGTH) {
    yield bytes.subarray(start, start + CHUNK_LENGTH);
  }
}

function tooLarge({ file, maxBytes }: SourceLimits): FormatError {
  return new FormatError(
    'DATA_TOO_LARGE',
    { file },
    {
      expected: `at most ${maxBytes} bytes after unpacking expected`,
      got: 'more',
      remedy: 'Raise maxBytes if the file is trusted.',
    },
  );
}
