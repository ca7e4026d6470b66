import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Cooperite: square-planar metal (PtS, B17). */
export const cooperite: Prototype = {
  name: 'cooperite',
  strukturbericht: 'B17',
  example: 'PtS',
  spaceGroupNumber: 131,
  lattice: 'tP',
  sites: [
    { wyckoff: '2c', species: 0, orbit: ['0,1/2,0', '1/2,0,1/2'] },
    { wyckoff: '2e', species: 1, orbit: ['0,0,1/4', '0,0,3/4'] },
  ],
  free: [],
  source: SOURCES.wyckoff1,
  table: `
    Pt S 3.4700 6.1090
    Pd O 3.0430 5.3370
    Pt O 3.0800 5.3400
  `,
};
