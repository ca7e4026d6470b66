import { checkedUrl, secretUrl } from '../http/checked-url';
import type { HttpClient } from '../http/http-client';
import { jsonRequest } from '../http/json-request';
import { valueAt } from '../json/json-object';
import type { SourceRecord } from '../source-record';
import type { MaterialsProjectBucketOptions } from './fetch-dos';
import { chargeDensityDocument } from './open-data';
import { parsedDocument } from './parsed-document';

/**
 * The charge density of a material, with the structure on whose cell its grid lies: the calculations of the material and the newest density
 * among them from the REST service, then the document from the open-data bucket. `undefined` where the material has none.
 *
 * @throws FetchError, DataError, StructureError
 */
export async function fetchMaterialsProjectChargeDensity(
  client: HttpClient,
  materialId: string,
  { apiKey, baseUrl = 'https://api.materialsproject.org', bucketUrl }: MaterialsProjectBucketOptions,
): Promise<SourceRecord | undefined> {
  const ask = async (path: string, parameters: Readonly<Record<string, string>>): Promise<unknown[]> => {
    const url = secretUrl(checkedUrl(`${baseUrl}/materials/${path}/`));
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const data = valueAt(await client.get(url.href, jsonRequest({ 'x-api-key': apiKey })), 'data');
    return Array.isArray(data) ? data : [];
  };
  const [material] = await ask('core', { material_ids: materialId, _fields: 'material_id,task_ids' });
  const found = valueAt(material, 'task_ids');
  const tasks = Array.isArray(found) ? found.filter((task) => typeof task === 'string') : [];
  if (tasks.length === 0) return undefined;
  const densities = await ask('charge_density', {
    task_ids: tasks.join(','),
    _fields: 'task_id,last_updated',
  });
  const [newest] = densities
    .map((density) => ({
      task: valueAt(density, 'task_id'),
      updated: String(valueAt(density, 'last_updated') ?? ''),
    }))
    .filter((density): density is { task: string; updated: string } => typeof density.task === 'string')
    .sort((a, b) => (a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : 0));
  if (newest === undefined) return undefined;
  return chargeDensityDocument(await parsedDocument(client, 'chgcars', newest.task, bucketUrl), materialId);
}
