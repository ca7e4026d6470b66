import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Double diamond of the Zintl phases (NaTl, B32). */
export const zintl: Prototype = {
  name: 'zintl',
  strukturbericht: 'B32',
  example: 'NaTl',
  spaceGroupNumber: 227,
  lattice: 'cF',
  sites: [
    { wyckoff: '8a', species: 0, orbit: ['1/8,1/8,1/8', '7/8,7/8,7/8'] },
    { wyckoff: '8b', species: 1, orbit: ['3/8,3/8,3/8', '5/8,5/8,5/8'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Na Tl 7.4880
    Li Al 6.3730
    Li Ga 6.2050
    Li In 6.8000
    Li Zn 6.2210
    Li Cd 6.6870
    Na In 7.3120
  `,
};
