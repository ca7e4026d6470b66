import { DataError } from '../../data-error';
import { readPymatgenJson } from '../../formats/pymatgen/read-pymatgen-json';
import type { PageSource, SourcePage } from '../fetch/page-source';
import { checkedUrl, secretUrl } from '../http/checked-url';
import { FetchError } from '../http/fetch-error';
import type { HttpClient } from '../http/http-client';
import { jsonRequest } from '../http/json-request';
import { isObject, type JsonObject, valueAt } from '../json/json-object';
import { type SourceItem, type SourceRecord, sourceItem } from '../source-record';
import { fetchMaterialsProjectChargeDensity } from './fetch-charge-density';
import { fetchMaterialsProjectDos } from './fetch-dos';

/** A question to the REST service of the Materials Project. */
export interface MaterialsProjectQuery {
  /** The key of a user; goes into the header X-API-KEY, nowhere else. */
  readonly apiKey: string;
  /** Parameters of `/materials/summary/`, for example `{ chemsys: 'Li-Fe-O', is_stable: 'true' }`. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Records a page, at most 1,000; 200 by default. */
  readonly pageLimit?: number;
  /** `https://api.materialsproject.org` by default. */
  readonly baseUrl?: string;
  /** Whether each record also gets its electronic density of states, two requests each; false by default. */
  readonly dos?: boolean;
  /**
   * Whether each record also gets its charge density, three requests each, and with it the structure of that calculation, whose cell the
   * grid is of; false by default.
   */
  readonly chargeDensity?: boolean;
  /** Bucket of parsed calculations, see {@link fetchMaterialsProjectDos}. */
  readonly bucketUrl?: string;
}

/** Scalars of the record ← fields of a summary document. */
const SCALARS: Readonly<Record<string, string>> = {
  formationEnergyEvPerAtom: 'formation_energy_per_atom',
  energyAboveHullEvPerAtom: 'energy_above_hull',
  bandGapEv: 'band_gap',
  fermiEnergyEv: 'efermi',
  densityGramPerCm3: 'density',
  totalMagnetizationBohr: 'total_magnetization',
  bulkModulusVrhGpa: 'bulk_modulus.vrh',
  shearModulusVrhGpa: 'shear_modulus.vrh',
  spaceGroupNumber: 'symmetry.number',
};
const FIELDS = [
  ...new Set([
    'material_id',
    'formula_pretty',
    'structure',
    'last_updated',
    ...Object.values(SCALARS).map(rootOf),
  ]),
];

/**
 * Summary documents of the Materials Project as pages: structure, formation energy, energy above the hull, gap, Fermi energy, density,
 * magnetisation, moduli, space group.
 *
 * @throws FetchError `FETCH_URL` where the key would go over plain http
 */
export function materialsProjectSource(query: MaterialsProjectQuery): PageSource {
  const { apiKey, filters = {}, pageLimit = 200, baseUrl = 'https://api.materialsproject.org' } = query;
  const url = secretUrl(checkedUrl(`${baseUrl.replace(/\/+$/, '')}/materials/summary/`));
  for (const [name, value] of Object.entries(filters)) url.searchParams.set(name, value);
  url.searchParams.set('_fields', FIELDS.join(','));
  url.searchParams.set('_limit', `${pageLimit}`);
  url.searchParams.set('_skip', '0');
  const asked = Object.entries(filters).map(([name, value]) => `${name}=${value}`);
  return {
    firstUrl: url.href,
    origin: {
      name: 'materials-project',
      title: 'Materials Project, summary documents',
      source: url.origin,
      licence: 'cc-by-4.0',
      citations: ['Jain et al., APL Materials 1, 011002 (2013), doi:10.1063/1.4812323'],
      query: { filter: asked.length === 0 ? 'none' : asked.join('&') },
      notes: [],
    },
    page: async (client, address) => {
      const page = await summaryPage(client, address, apiKey);
      if (!query.dos && !query.chargeDensity) return page;
      const items: SourceItem[] = [];
      for (const item of page.items) items.push(await withArrays(item, client, query));
      return { ...page, items };
    },
  };
}

async function withArrays(
  item: SourceItem,
  client: HttpClient,
  query: MaterialsProjectQuery,
): Promise<SourceItem> {
  if ('refused' in item) return item;
  const { record } = item;
  const dos = query.dos ? await fetchMaterialsProjectDos(client, record.id, query) : undefined;
  const density = query.chargeDensity
    ? await fetchMaterialsProjectChargeDensity(client, record.id, query)
    : undefined;
  const structure = density?.structure ?? record.structure;
  return {
    record: {
      ...record,
      ...(structure === undefined ? {} : { structure }),
      arrays: { ...dos?.arrays, ...density?.arrays },
    },
  };
}

async function summaryPage(client: HttpClient, address: string, apiKey: string): Promise<SourcePage> {
  const answer = await client.get(address, jsonRequest({ 'x-api-key': apiKey }));
  const data = valueAt(answer, 'data');
  if (!Array.isArray(data)) {
    throw new FetchError('FETCH_INVALID', address, {
      expected: 'an answer with a list as data expected',
      got: 'another document',
      remedy: 'Check the filters against the documentation of the service.',
    });
  }
  const total = valueAt(answer, 'meta.total_doc');
  const known = typeof total === 'number' && Number.isSafeInteger(total) ? total : null;
  return { items: data.map(summaryItem), next: nextUrl(address, data.length, known), total: known };
}

/** The service counts: the next page begins behind this one, until all are there or a page is not full. */
function nextUrl(address: string, count: number, total: number | null): string | null {
  const url = new URL(address);
  const limit = Number(url.searchParams.get('_limit'));
  const skip = Number(url.searchParams.get('_skip')) + count;
  if (count === 0 || (total === null ? count < limit : skip >= total)) return null;
  url.searchParams.set('_skip', `${skip}`);
  return url.href;
}

function summaryItem(doc: unknown, index: number): SourceItem {
  const found = valueAt(doc, 'material_id');
  const id = typeof found === 'string' ? found.slice(0, 200) : `document ${index}`;
  return sourceItem(id, () => summaryRecord(isObject(doc) ? doc : {}, id));
}

/**
 * The record of a summary document.
 *
 * @throws DataError, StructureError
 */
function summaryRecord(doc: JsonObject, id: string): SourceRecord {
  if (!isObject(doc.structure)) {
    throw new DataError('DATA_INVALID', id, 'a structure expected, got none. Ask for the field structure.');
  }
  const { structure } = readPymatgenJson(JSON.stringify(doc.structure), { file: id }).structures[0]!;
  const scalars: Record<string, number> = {};
  for (const [ours, theirs] of Object.entries(SCALARS)) {
    const value = valueAt(doc, theirs);
    if (typeof value === 'number' && Number.isFinite(value)) scalars[ours] = value;
  }
  const { formula_pretty: formula, last_updated: updated } = doc;
  return {
    id,
    ...(typeof formula === 'string' ? { formula } : {}),
    structure,
    scalars,
    texts: typeof updated === 'string' ? { lastModified: updated } : {},
    arrays: {},
  };
}

function rootOf(path: string): string {
  return path.split('.')[0]!;
}
