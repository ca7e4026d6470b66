import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Cinnabar (HgS, B9). */
export const cinnabar: Prototype = {
  name: 'cinnabar',
  strukturbericht: 'B9',
  example: 'HgS',
  spaceGroupNumber: 152,
  lattice: 'hP',
  sites: [
    { wyckoff: '3a', species: 0, orbit: ['x1,0,1/3', '0,x1,2/3', '-x1,-x1,0'] },
    { wyckoff: '3b', species: 1, orbit: ['x2,0,5/6', '0,x2,1/6', '-x2,-x2,1/2'] },
  ],
  free: ['x1', 'x2'],
  source: SOURCES.wyckoff1,
  table: `
    Hg S 4.1490 9.4950 0.7198 0.4889
  `,
};
