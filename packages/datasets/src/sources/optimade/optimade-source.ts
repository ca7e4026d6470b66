import type { PageSource, SourcePage } from '../fetch/page-source';
import { checkedUrl, followedUrl } from '../http/checked-url';
import { FetchError } from '../http/fetch-error';
import type { HttpClient } from '../http/http-client';
import { jsonRequest } from '../http/json-request';
import { displayUrl } from '../http/safe-url';
import { isObject, type JsonObject, valueAt } from '../json/json-object';
import { type SourceItem, type SourceRecord, sourceItem } from '../source-record';
import type { OptimadePreset } from './optimade-presets';
import { optimadeStructure } from './optimade-structure';

/** A question to an OPTIMADE database. */
export interface OptimadeQuery {
  /** Short name of the set. */
  readonly name: string;
  readonly database: OptimadePreset;
  /** In the OPTIMADE filter language, for example `elements HAS ALL "Li","O" AND nelements=3`; none: everything. */
  readonly filter?: string;
  /** Records a page; 100 by default, servers may give fewer. */
  readonly pageLimit?: number;
}

/** Fields of the standard that a record is made of. */
const FIELDS = [
  'lattice_vectors',
  'cartesian_site_positions',
  'species',
  'species_at_sites',
  'structure_features',
  'dimension_types',
  'chemical_formula_reduced',
  'last_modified',
] as const;

/**
 * The structures of an OPTIMADE v1 database as pages: crystals, disordered ones too, with the properties that the database maps to scalars.
 * An entry that is no crystal of this package (molecules, layers, correlated disorder) is refused alone.
 *
 * @throws FetchError `FETCH_URL`
 */
export function optimadeSource({ name, database, filter, pageLimit = 100 }: OptimadeQuery): PageSource {
  const url = versionedUrl(database.baseUrl, 'structures');
  if (filter !== undefined) url.searchParams.set('filter', filter);
  url.searchParams.set('page_limit', `${pageLimit}`);
  const roots = Object.values(database.properties).map((path) => path.split('.')[0]!);
  url.searchParams.set('response_fields', [...new Set([...FIELDS, ...roots])].join(','));
  const mapped = Object.entries(database.properties).map(([ours, theirs]) => `${ours} = ${theirs}`);
  return {
    firstUrl: url.href,
    origin: {
      name,
      title: database.title,
      source: displayUrl(database.baseUrl),
      licence: database.licence,
      citations: database.citations,
      query: { filter: filter ?? 'none', ...(mapped.length === 0 ? {} : { properties: mapped.join(', ') }) },
      notes: [],
    },
    page: (client, address) => optimadePage(client, address, url, database.properties),
  };
}

/** `<base>/v1/<endpoint>`; a base that ends in a version keeps it. */
export function versionedUrl(baseUrl: string, endpoint: string): URL {
  const url = checkedUrl(baseUrl);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = `${/\/v\d+(\.\d+)*$/.test(path) ? path : `${path}/v1`}/${endpoint}`;
  return url;
}

async function optimadePage(
  client: HttpClient,
  address: string,
  first: URL,
  properties: OptimadePreset['properties'],
): Promise<SourcePage> {
  const answer = await client.get(address, jsonRequest());
  const { data, meta, links } = answerParts(answer, address);
  const total =
    isObject(meta) && Number.isSafeInteger(meta.data_returned) ? Number(meta.data_returned) : null;
  return {
    items: data.map((entry, k) => optimadeItem(entry, k, address, properties)),
    next: nextUrl(links, first),
    total,
  };
}

/** The three parts of an answer; an error that the service tells in a document of status 200 is told on. */
export function answerParts(
  answer: unknown,
  address: string,
): { data: readonly unknown[]; meta: unknown; links: unknown } {
  if (isObject(answer) && Array.isArray(answer.data))
    return { data: answer.data, meta: answer.meta, links: answer.links };
  const errors = isObject(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  const said = errors.map((error) => valueAt(error, 'detail')).find((detail) => typeof detail === 'string');
  throw new FetchError('FETCH_INVALID', address, {
    expected: 'an OPTIMADE answer with a list as data expected',
    got: typeof said === 'string' ? JSON.stringify(said.slice(0, 160)) : 'another document',
    remedy: 'Check the address (without /v1/structures) and the filter.',
  });
}

/** A string, an object with `href`, or null. Services behind a proxy often write http where they are asked by https. */
function nextUrl(links: unknown, first: URL): string | null {
  const next = valueAt(links, 'next');
  const href = typeof next === 'string' ? next : valueAt(next, 'href');
  if (typeof href !== 'string' || href === '') return null;
  const secure = first.protocol === 'https:' ? href.replace(/^http:/i, 'https:') : href;
  return followedUrl(first, secure, true).href;
}

function optimadeItem(
  entry: unknown,
  index: number,
  address: string,
  properties: OptimadePreset['properties'],
): SourceItem {
  const found = isObject(entry) ? entry.id : undefined;
  const id = typeof found === 'string' && found !== '' ? found.slice(0, 200) : `entry ${index}`;
  const where = `${displayUrl(address)} ${id}`;
  return sourceItem(id, () => optimadeRecord(entry, id, where, properties));
}

function optimadeRecord(
  entry: unknown,
  id: string,
  where: string,
  properties: OptimadePreset['properties'],
): SourceRecord {
  const found = valueAt(entry, 'attributes');
  const attributes: JsonObject = isObject(found) ? found : {};
  const { chemical_formula_reduced: formula, last_modified: lastModified } = attributes;
  const scalars: Record<string, number> = {};
  for (const [ours, theirs] of Object.entries(properties)) {
    const value = valueAt(attributes, theirs);
    if (typeof value === 'number' && Number.isFinite(value)) scalars[ours] = value;
  }
  return {
    id,
    ...(typeof formula === 'string' ? { formula } : {}),
    structure: optimadeStructure(attributes, where),
    scalars,
    texts: typeof lastModified === 'string' ? { lastModified } : {},
    arrays: {},
  };
}
