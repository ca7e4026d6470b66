import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Kesterite (Cu2ZnSnS4). */
export const kesterite: Prototype = {
  name: 'kesterite',
  strukturbericht: null,
  example: 'Cu2ZnSnS4',
  spaceGroupNumber: 82,
  lattice: 'tI',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '2c', species: 0, orbit: ['0,1/2,1/4'] },
    { wyckoff: '2d', species: 1, orbit: ['0,1/2,3/4'] },
    { wyckoff: '2b', species: 2, orbit: ['0,0,1/2'] },
    { wyckoff: '8g', species: 3, orbit: ['x,y,z', 'y,-x,-z', '-x,-y,z', '-y,x,-z'] },
  ],
  free: ['x', 'y', 'z'],
  source: SOURCES.landoltBornstein,
  table: `
    Cu Zn Sn S 5.4270 10.8710 0.7560 0.7566 0.8722
    Cu Zn Sn Se 5.6930 11.3330 0.7600 0.7590 0.8710
  `,
};
