import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Covellite (CuS, B18). */
export const covellite: Prototype = {
  name: 'covellite',
  strukturbericht: 'B18',
  example: 'CuS',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2d', species: 0, orbit: ['1/3,2/3,3/4', '2/3,1/3,1/4'] },
    { wyckoff: '4f', species: 0, orbit: ['1/3,2/3,z1', '2/3,1/3,-z1', '2/3,1/3,z1+1/2', '1/3,2/3,-z1+1/2'] },
    { wyckoff: '2c', species: 1, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
    { wyckoff: '4e', species: 1, orbit: ['0,0,z2', '0,0,-z2', '0,0,z2+1/2', '0,0,-z2+1/2'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.wyckoff1,
  table: `
    Cu S 3.7938 16.3410 0.1073 0.0634
  `,
};
