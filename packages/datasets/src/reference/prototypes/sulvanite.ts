import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Sulvanite (Cu3VS4, H2_4). */
export const sulvanite: Prototype = {
  name: 'sulvanite',
  strukturbericht: 'H2_4',
  example: 'Cu3VS4',
  spaceGroupNumber: 215,
  lattice: 'cP',
  sites: [
    { wyckoff: '3d', species: 0, orbit: ['1/2,0,0', '0,1/2,0', '0,0,1/2'] },
    { wyckoff: '1a', species: 1, orbit: ['0,0,0'] },
    { wyckoff: '4e', species: 2, orbit: ['x,x,x', 'x,-x,-x', '-x,-x,x', '-x,x,-x'] },
  ],
  free: ['x'],
  source: SOURCES.landoltBornstein,
  table: `
    Cu V S 5.3930 0.2372
    Cu Nb S 5.5000 0.2400
    Cu Ta S 5.5145 0.2420
    Cu Nb Se 5.6380 0.2430
    Cu Ta Se 5.6600 0.2430
  `,
};
