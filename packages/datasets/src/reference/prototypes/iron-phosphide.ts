import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Iron phosphide (Fe2P, C22). */
export const ironPhosphide: Prototype = {
  name: 'iron-phosphide',
  strukturbericht: 'C22',
  example: 'Fe2P',
  spaceGroupNumber: 189,
  lattice: 'hP',
  sites: [
    { wyckoff: '3f', species: 0, orbit: ['x1,0,0', '-x1,-x1,0', '0,x1,0'] },
    { wyckoff: '3g', species: 0, orbit: ['x2,0,1/2', '-x2,-x2,1/2', '0,x2,1/2'] },
    { wyckoff: '1b', species: 1, orbit: ['0,0,1/2'] },
    { wyckoff: '2c', species: 1, orbit: ['1/3,2/3,0', '2/3,1/3,0'] },
  ],
  free: ['x1', 'x2'],
  source: SOURCES.pearson,
  table: `
    Fe P 5.8680 3.4580 0.2560 0.5940
    Mn P 6.0810 3.4600 0.2560 0.5950
    Ni P 5.8650 3.3870 0.2560 0.5950
  `,
};
