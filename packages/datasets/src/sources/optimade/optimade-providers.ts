import type { HttpClient } from '../http/http-client';
import { jsonRequest } from '../http/json-request';
import { isObject, valueAt } from '../json/json-object';
import { answerParts, versionedUrl } from './optimade-source';

/** Where the OPTIMADE consortium lists its providers. */
export const OPTIMADE_PROVIDERS_URL = 'https://providers.optimade.org';

/** One entry of a `/links` answer. */
export interface OptimadeLink {
  readonly id: string;
  readonly name: string;
  /** Null where the provider has no service. */
  readonly baseUrl: string | null;
}

/**
 * The links of an index meta-database: the providers of the consortium, or, with the address of one of them, its databases.
 *
 * @throws FetchError
 * @example
 * ```ts no-run
 * const providers = await optimadeLinks(client);
 * const databases = await optimadeLinks(client, providers.find(({ id }) => id === 'odbx')!.baseUrl!);
 * ```
 */
export async function optimadeLinks(
  client: HttpClient,
  indexUrl: string = OPTIMADE_PROVIDERS_URL,
): Promise<OptimadeLink[]> {
  const url = versionedUrl(indexUrl, 'links').href;
  const { data } = answerParts(await client.get(url, jsonRequest()), url);
  return data.filter(isObject).flatMap((entry) => {
    const { id } = entry;
    const name = valueAt(entry, 'attributes.name');
    const base = valueAt(entry, 'attributes.base_url');
    const href = isObject(base) ? base.href : base;
    const kind = valueAt(entry, 'attributes.link_type');
    if (typeof id !== 'string' || kind === 'root' || kind === 'providers') return [];
    return [
      {
        id,
        name: typeof name === 'string' ? name : id,
        baseUrl: typeof href === 'string' && href !== '' ? href : null,
      },
    ];
  });
}
