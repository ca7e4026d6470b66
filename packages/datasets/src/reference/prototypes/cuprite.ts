import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Cuprite (Cu2O, C3). */
export const cuprite: Prototype = {
  name: 'cuprite',
  strukturbericht: 'C3',
  example: 'Cu2O',
  spaceGroupNumber: 224,
  lattice: 'cP',
  sites: [
    { wyckoff: '4b', species: 0, orbit: ['0,0,0', '0,1/2,1/2', '1/2,1/2,0', '1/2,0,1/2'] },
    { wyckoff: '2a', species: 1, orbit: ['1/4,1/4,1/4', '3/4,3/4,3/4'] },
  ],
  free: [],
  source: SOURCES.wyckoff1,
  table: `
    Cu O 4.2696
    Ag O 4.7200
  `,
};
