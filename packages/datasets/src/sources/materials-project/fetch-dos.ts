import { checkedUrl, secretUrl } from '../http/checked-url';
import type { HttpClient } from '../http/http-client';
import { jsonRequest } from '../http/json-request';
import { valueAt } from '../json/json-object';
import type { SourceRecord } from '../source-record';
import { dosDocument } from './open-data';
import { parsedDocument } from './parsed-document';

/** Where to ask; the addresses of the services by default. */
export interface MaterialsProjectBucketOptions {
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Open-data bucket of parsed calculations. */
  readonly bucketUrl?: string;
}

/**
 * The electronic density of states of a material: its calculation from the REST service, then the document from the open-data bucket.
 * `undefined` where the material has none.
 *
 * @throws FetchError, DataError
 */
export async function fetchMaterialsProjectDos(
  client: HttpClient,
  materialId: string,
  { apiKey, baseUrl, bucketUrl }: MaterialsProjectBucketOptions,
): Promise<SourceRecord | undefined> {
  const url = secretUrl(
    checkedUrl(`${baseUrl ?? 'https://api.materialsproject.org'}/materials/electronic_structure/`),
  );
  url.searchParams.set('material_ids', materialId);
  url.searchParams.set('_fields', 'material_id,dos');
  const answer = await client.get(url.href, jsonRequest({ 'x-api-key': apiKey }));
  const task = valueAt(firstOf(valueAt(answer, 'data')), 'dos.total.1.task_id');
  if (typeof task !== 'string') return undefined;
  return dosDocument(await parsedDocument(client, 'dos', task, bucketUrl), materialId);
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
