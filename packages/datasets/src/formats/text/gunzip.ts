import { FormatError } from '../format-error';

/** Unpacked bytes that need no justification. */
const FREE_BYTES = 32 * 2 ** 20;
/** Beyond them, unpacked bytes for each packed one: text of numbers packs 3 to 20 times, a bomb 1000 times. */
const MAX_EXPANSION = 100;

/** Whether bytes begin like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip stream, by what is built into Node and browsers; memory is bounded by one chunk.
 *
 * @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT` (checksum, damaged data), `DATA_TOO_LARGE` where it expands more than any
 * real file
 */
export async function* gunzip(
  packed: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let packedBytes = 0;
  let unpackedBytes = 0;
  const iterator = packed[Symbol.asyncIterator]();
  // Errors of the source itself must come out as they are, not as damage of the gzip data.
  let sourceFailure: { readonly error: unknown } | undefined;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (done) return controller.close();
        packedBytes += value.length;
        controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        sourceFailure = { error };
        controller.error(error);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw sourceFailure === undefined ? damaged(error, file) : sourceFailure.error;
      });
      if (done) return;
      unpackedBytes += value.length;
      if (unpackedBytes > FREE_BYTES && unpackedBytes > MAX_EXPANSION * packedBytes) throw bomb(file);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function bomb(file: string): FormatError {
  return new FormatError(
    'DATA_TOO_LARGE',
    { file },
    {
      expected: `gzip data that expands at most ${MAX_EXPANSION} times expected`,
      got: 'more',
      remedy: 'If the file is trusted, unpack it first.',
    },
  );
}

function damaged(error: unknown, file: string): FormatError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const said = cause instanceof Error ? cause.message : String(cause);
  const cut = /unexpected end|incomplete|truncat/i.test(said);
  return new FormatError(
    cut ? 'DATA_TRUNCATED' : 'DATA_CORRUPT',
    { file },
    {
      expected: 'complete gzip data expected',
      got: cut ? 'an early end' : said,
      remedy: 'Download or pack the file again.',
    },
    { cause: error },
  );
}
