import { gunzipSync } from 'node:zlib';
import { checkedUrl, secretUrl } from '../http/checked-url';
import { FetchError } from '../http/fetch-error';
import type { HttpClient, HttpRequest } from '../http/http-client';
import { jsonRequest } from '../http/json-request';
import { valueAt } from '../json/json-object';
import type { SourceRecord } from '../source-record';
import { dosDocument } from './open-data';

/** Where to ask; the addresses of the services by default. */
export interface MaterialsProjectDosOptions {
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Open-data bucket of parsed calculations. */
  readonly bucketUrl?: string;
}

const MAX_DOS_BYTES = 256 * 2 ** 20;

/**
 * The electronic density of states of a material: its calculation from the REST service, then the document from the open-data bucket.
 * `undefined` where the material has none.
 *
 * @throws FetchError, DataError
 */
export async function fetchMaterialsProjectDos(
  client: HttpClient,
  materialId: string,
  { apiKey, baseUrl, bucketUrl }: MaterialsProjectDosOptions,
): Promise<SourceRecord | undefined> {
  const url = secretUrl(
    checkedUrl(`${baseUrl ?? 'https://api.materialsproject.org'}/materials/electronic_structure/`),
  );
  url.searchParams.set('material_ids', materialId);
  url.searchParams.set('_fields', 'material_id,dos');
  const answer = await client.get(url.href, jsonRequest({ 'x-api-key': apiKey }));
  const task = valueAt(firstOf(valueAt(answer, 'data')), 'dos.total.1.task_id');
  if (typeof task !== 'string') return undefined;
  if (!/^[A-Za-z]+-?[A-Za-z0-9]+$/.test(task)) {
    throw new FetchError('FETCH_INVALID', url, {
      expected: 'the id of a calculation expected',
      got: JSON.stringify(task.slice(0, 40)),
      remedy: 'The service has changed.',
    });
  }
  const bucket = bucketUrl ?? 'https://materialsproject-parsed.s3.amazonaws.com';
  return dosDocument(await client.get(`${bucket}/dos/${task}.json.gz`, packedJsonRequest), materialId);
}

/** A gzip file of JSON, as a bucket serves it. */
const packedJsonRequest: HttpRequest<unknown> = {
  accept: 'application/gzip',
  contentType: /^(application\/((x-)?gzip|json|octet-stream)|binary\/octet-stream)/i,
  decode: (bytes, url) => {
    try {
      const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: MAX_DOS_BYTES }) : bytes;
      return JSON.parse(new TextDecoder().decode(plain));
    } catch (cause) {
      const got = (cause as Error).message.slice(0, 100);
      const mismatch = { expected: 'gzip data of JSON expected', got, remedy: 'Try again later.' };
      throw new FetchError('FETCH_TRUNCATED', url, mismatch, { cause, retryable: true });
    }
  },
};

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
