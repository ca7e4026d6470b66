import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Trigonal-prismatic layers, 2H stacking of molybdenite (MoS2, C7). */
export const molybdenite: Prototype = {
  name: 'molybdenite',
  strukturbericht: 'C7',
  example: 'MoS2',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2c', species: 0, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
    { wyckoff: '4f', species: 1, orbit: ['1/3,2/3,z', '2/3,1/3,-z', '2/3,1/3,z+1/2', '1/3,2/3,-z+1/2'] },
  ],
  free: ['z'],
  source: SOURCES.wyckoff1,
  table: `
    Mo S 3.1604 12.2950 0.6210
    Mo Se 3.2880 12.9000 0.6210
    Mo Te 3.5170 13.9490 0.6210
    W S 3.1540 12.3620 0.6225
    W Se 3.2860 12.9760 0.6211
  `,
};
