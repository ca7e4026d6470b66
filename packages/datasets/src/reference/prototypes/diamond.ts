import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Diamond (C, A4). */
export const diamond: Prototype = {
  name: 'diamond',
  strukturbericht: 'A4',
  example: 'C',
  spaceGroupNumber: 227,
  lattice: 'cF',
  sites: [{ wyckoff: '8a', species: 0, orbit: ['1/8,1/8,1/8', '7/8,7/8,7/8'] }],
  free: [],
  source: SOURCES.crc,
  table: `
    C 3.5668
    Si 5.4310
    Ge 5.6579
    Sn 6.4892
  `,
};
