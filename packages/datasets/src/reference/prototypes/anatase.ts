import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Anatase (TiO2, C5). */
export const anatase: Prototype = {
  name: 'anatase',
  strukturbericht: 'C5',
  example: 'TiO2',
  spaceGroupNumber: 141,
  lattice: 'tI',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,3/4,1/8', '0,1/4,7/8'] },
    { wyckoff: '8e', species: 1, orbit: ['0,3/4,z', '0,1/4,-z', '1/2,3/4,z+1/4', '1/2,1/4,-z+3/4'] },
  ],
  free: ['z'],
  source: SOURCES.crc,
  table: `
    Ti O 3.7845 9.5143 0.3331
  `,
};
