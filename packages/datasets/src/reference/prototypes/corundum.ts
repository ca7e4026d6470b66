import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Corundum (Al2O3, D5_1). */
export const corundum: Prototype = {
  name: 'corundum',
  strukturbericht: 'D5_1',
  example: 'Al2O3',
  spaceGroupNumber: 167,
  lattice: 'hR',
  sites: [
    { wyckoff: '12c', species: 0, orbit: ['0,0,z', '0,0,-z', '0,0,-z+1/2', '0,0,z+1/2'] },
    {
      wyckoff: '18e',
      species: 1,
      orbit: ['x,0,1/4', '-x,0,3/4', '0,x,1/4', '0,-x,3/4', '-x,-x,1/4', 'x,x,3/4'],
    },
  ],
  free: ['z', 'x'],
  source: SOURCES.wyckoff2,
  table: `
    Al O 4.7590 12.9910 0.3522 0.3063
    Cr O 4.9590 13.5940 0.3475 0.3050
    Fe O 5.0350 13.7470 0.3553 0.3072
    V O 4.9520 14.0030 0.3463 0.3118
    Ti O 5.1490 13.6420 0.3448 0.3133
    Ga O 4.9820 13.4330 0.3554 0.3049
    In O 5.4870 14.5100 0.3573 0.2980
    Rh O 5.1270 13.8530 0.3480 0.2950
  `,
};
