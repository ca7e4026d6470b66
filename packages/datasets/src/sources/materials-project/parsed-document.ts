import { gunzipSync } from 'node:zlib';
import { FetchError } from '../http/fetch-error';
import type { HttpClient, HttpRequest } from '../http/http-client';

const BUCKET_URL = 'https://materialsproject-parsed.s3.amazonaws.com';
const MAX_DOCUMENT_BYTES = 256 * 2 ** 20;

/**
 * The document of a calculation in the open-data bucket.
 *
 * @param task as the service named it
 * @throws FetchError, `FETCH_INVALID` where the id is none
 */
export function parsedDocument(
  client: HttpClient,
  folder: 'dos' | 'chgcars',
  task: string,
  bucketUrl: string = BUCKET_URL,
): Promise<unknown> {
  if (!/^[A-Za-z]+-?[A-Za-z0-9]+$/.test(task)) {
    throw new FetchError('FETCH_INVALID', bucketUrl, {
      expected: 'the id of a calculation expected',
      got: JSON.stringify(task.slice(0, 40)),
      remedy: 'The service has changed.',
    });
  }
  return client.get(`${bucketUrl}/${folder}/${task}.json.gz`, packedJsonRequest);
}

/** A gzip file of JSON, as a bucket serves it. */
const packedJsonRequest: HttpRequest<unknown> = {
  accept: 'application/gzip',
  contentType: /^(application\/((x-)?gzip|json|octet-stream)|binary\/octet-stream)/i,
  decode: (bytes, url) => {
    try {
      const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: MAX_DOCUMENT_BYTES }) : bytes;
      return JSON.parse(new TextDecoder().decode(plain));
    } catch (cause) {
      const got = (cause as Error).message.slice(0, 100);
      const mismatch = { expected: 'gzip data of JSON expected', got, remedy: 'Try again later.' };
      throw new FetchError('FETCH_TRUNCATED', url, mismatch, { cause, retryable: true });
    }
  },
};
