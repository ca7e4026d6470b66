import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Hexagonal boron nitride (BN, B_k). */
export const boronNitride: Prototype = {
  name: 'boron-nitride',
  strukturbericht: 'B_k',
  example: 'BN',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2c', species: 0, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
    { wyckoff: '2d', species: 1, orbit: ['1/3,2/3,3/4', '2/3,1/3,1/4'] },
  ],
  free: [],
  source: SOURCES.crc,
  table: `
    B N 2.5040 6.6612
  `,
};
