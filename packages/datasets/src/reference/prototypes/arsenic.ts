import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Puckered layers of the grey pnictogens (As, A7). */
export const arsenic: Prototype = {
  name: 'arsenic',
  strukturbericht: 'A7',
  example: 'As',
  spaceGroupNumber: 166,
  lattice: 'hR',
  sites: [{ wyckoff: '6c', species: 0, orbit: ['0,0,z', '0,0,-z'] }],
  free: ['z'],
  source: SOURCES.wyckoff1,
  table: `
    As 3.7598 10.5475 0.2271
    Sb 4.3084 11.2740 0.2335
    Bi 4.5460 11.8620 0.2339
  `,
};
