import type { PageSource } from '../fetch/page-source';
import { optimadeSource } from '../optimade/optimade-source';
import { type Answer, json } from './test-server';

/** A question to a database with one property of its own, two entries a page. */
export const question = (baseUrl: string, filter?: string): PageSource =>
  optimadeSource({
    name: 'test',
    database: {
      baseUrl,
      title: 'Test',
      licence: 'cc0-1.0',
      citations: ['A paper'],
      properties: { gapEv: '_t_gap' },
    },
    pageLimit: 2,
    ...(filter === undefined ? {} : { filter }),
  });

/** An entry: rock salt with lattice constant 5 + k / 10 Å. */
export function entry(k: number, changes: object = {}): object {
  const a = 5 + k / 10;
  return {
    id: `t-${k}`,
    type: 'structures',
    attributes: {
      lattice_vectors: [[0, a / 2, a / 2], [a / 2, 0, a / 2], [a / 2, a / 2, 0]], // biome-ignore format: a matrix
      cartesian_site_positions: [[0, 0, 0], [a / 2, a / 2, a / 2]], // biome-ignore format: a matrix
      species: ['Na', 'Cl'].map((name) => ({ name, chemical_symbols: [name], concentration: [1] })),
      species_at_sites: ['Na', 'Cl'],
      structure_features: [],
      dimension_types: [1, 1, 1],
      chemical_formula_reduced: 'ClNa',
      last_modified: '2020-01-01T00:00:00Z',
      _t_gap: k / 2,
      ...changes,
    },
  };
}

/** OPTIMADE as its reference server speaks it: offsets, `links.next` as a string or an object. */
export function optimade(entries: readonly object[], failAt = new Map<number, () => number>()): Answer {
  return (request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const offset = Number(url.searchParams.get('page_offset') ?? 0);
    const status = failAt.get(offset)?.() ?? 200;
    if (status !== 200) return void response.writeHead(status).end();
    const limit = Number(url.searchParams.get('page_limit'));
    url.searchParams.set('page_offset', `${offset + limit}`);
    const more = offset + limit < entries.length;
    const next = offset % 4 === 0 ? url.href : { href: url.href };
    json(response, {
      data: entries.slice(offset, offset + limit),
      meta: { data_returned: entries.length, more_data_available: more },
      links: { next: more ? next : null },
    });
  };
}
