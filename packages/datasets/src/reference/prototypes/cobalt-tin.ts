import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Kagome nets of the transition metal (CoSn, B35). */
export const cobaltTin: Prototype = {
  name: 'cobalt-tin',
  strukturbericht: 'B35',
  example: 'CoSn',
  spaceGroupNumber: 191,
  lattice: 'hP',
  sites: [
    { wyckoff: '3f', species: 0, orbit: ['1/2,0,0', '1/2,1/2,0', '0,1/2,0'] },
    { wyckoff: '1a', species: 1, orbit: ['0,0,0'] },
    { wyckoff: '2d', species: 1, orbit: ['1/3,2/3,1/2', '2/3,1/3,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Co Sn 5.2790 4.2590
    Fe Sn 5.2970 4.4490
    Ni In 5.2430 4.3520
  `,
};
