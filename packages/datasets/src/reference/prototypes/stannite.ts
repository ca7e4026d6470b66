import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Stannite (Cu2FeSnS4, H2_6). */
export const stannite: Prototype = {
  name: 'stannite',
  strukturbericht: 'H2_6',
  example: 'Cu2FeSnS4',
  spaceGroupNumber: 121,
  lattice: 'tI',
  sites: [
    { wyckoff: '4d', species: 0, orbit: ['0,1/2,1/4', '0,1/2,3/4'] },
    { wyckoff: '2a', species: 1, orbit: ['0,0,0'] },
    { wyckoff: '2b', species: 2, orbit: ['0,0,1/2'] },
    { wyckoff: '8i', species: 3, orbit: ['x,x,z', 'x,-x,-z', '-x,-x,z', '-x,x,-z'] },
  ],
  free: ['x', 'z'],
  source: SOURCES.landoltBornstein,
  table: `
    Cu Fe Sn S 5.4490 10.7570 0.2450 0.8702
  `,
};
