import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** T' structure: square-planar copper (Nd2CuO4). */
export const tPrimeCuprate: Prototype = {
  name: 't-prime-cuprate',
  strukturbericht: null,
  example: 'Nd2CuO4',
  spaceGroupNumber: 139,
  lattice: 'tI',
  sites: [
    { wyckoff: '4e', species: 0, orbit: ['0,0,z', '0,0,-z'] },
    { wyckoff: '2a', species: 1, orbit: ['0,0,0'] },
    { wyckoff: '4c', species: 2, orbit: ['0,1/2,0', '1/2,0,0'] },
    { wyckoff: '4d', species: 2, orbit: ['0,1/2,1/4', '0,1/2,3/4'] },
  ],
  free: ['z'],
  source: SOURCES.landoltBornstein,
  table: `
    Nd Cu O 3.9440 12.1700 0.3513
    Pr Cu O 3.9590 12.2000 0.3520
  `,
};
