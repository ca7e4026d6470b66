import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Graphite (C, A9). */
export const graphite: Prototype = {
  name: 'graphite',
  strukturbericht: 'A9',
  example: 'C',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2b', species: 0, orbit: ['0,0,1/4', '0,0,3/4'] },
    { wyckoff: '2c', species: 0, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
  ],
  free: [],
  source: SOURCES.crc,
  table: `
    C 2.4610 6.7080
  `,
};
