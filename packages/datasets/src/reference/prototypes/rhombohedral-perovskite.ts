import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Rhombohedrally tilted perovskite (LaAlO3). */
export const rhombohedralPerovskite: Prototype = {
  name: 'rhombohedral-perovskite',
  strukturbericht: null,
  example: 'LaAlO3',
  spaceGroupNumber: 167,
  lattice: 'hR',
  sites: [
    { wyckoff: '6a', species: 0, orbit: ['0,0,1/4', '0,0,3/4'] },
    { wyckoff: '6b', species: 1, orbit: ['0,0,0', '0,0,1/2'] },
    {
      wyckoff: '18e',
      species: 2,
      orbit: ['x,0,1/4', '-x,0,3/4', '0,x,1/4', '0,-x,3/4', '-x,-x,1/4', 'x,x,3/4'],
    },
  ],
  free: ['x'],
  source: SOURCES.landoltBornstein,
  table: `
    La Al O 5.3647 13.1114 0.5250
    La Ni O 5.4573 13.1462 0.5461
    La Co O 5.4437 13.0957 0.5530
    Nd Al O 5.3220 12.9292 0.5425
  `,
};
