import { FetchError } from './fetch-error';

/**
 * All bytes of an answer after unpacking, at most `maxBytes` of them.
 *
 * @throws FetchError `FETCH_TOO_LARGE`, `FETCH_TRUNCATED` where fewer come than Content-Length says
 */
export async function boundedBody(response: Response, url: URL, maxBytes: number): Promise<Uint8Array> {
  const encoding = response.headers.get('content-encoding') ?? 'identity';
  const header = response.headers.get('content-length');
  const announced = header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
  if (announced !== undefined && announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(url, maxBytes, `${announced}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (response.body !== null) {
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > maxBytes) {
        await reader.cancel();
        throw tooLarge(url, maxBytes, 'more');
      }
      chunks.push(value);
    }
  }
  if (announced !== undefined && encoding === 'identity' && length !== announced) {
    throw new FetchError(
      'FETCH_TRUNCATED',
      url,
      {
        expected: `${announced} bytes expected by Content-Length`,
        got: `${length}`,
        remedy: 'Try again later.',
      },
      { retryable: true },
    );
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(url: URL, maxBytes: number, got: string): FetchError {
  return new FetchError('FETCH_TOO_LARGE', url, {
    expected: `an answer of at most ${maxBytes} bytes expected`,
    got,
    remedy: 'Ask for fewer records a page, or raise the limit if the server is trusted.',
  });
}
