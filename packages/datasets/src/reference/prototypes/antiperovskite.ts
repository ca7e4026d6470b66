import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Antiperovskite: light atom in a metal octahedron (Fe4N, E2_1). */
export const antiperovskite: Prototype = {
  name: 'antiperovskite',
  strukturbericht: 'E2_1',
  example: 'Fe4N',
  spaceGroupNumber: 221,
  lattice: 'cP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '3c', species: 1, orbit: ['0,1/2,1/2', '1/2,0,1/2', '1/2,1/2,0'] },
    { wyckoff: '1b', species: 2, orbit: ['1/2,1/2,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Fe Fe N 3.7970
    Mg Ni C 3.8120
    Al Mn C 3.8690
    Ga Mn C 3.8960
    Cu Mn N 3.9050
    Al Fe C 3.7810
    Bi Ca N 4.8880
    Sb Ca N 4.8540
    Pb Ca O 4.8470
    Sn Ca O 4.8330
    Al Ti C 4.1560
    Al Ti N 4.1120
    Al Sc C 4.4850
  `,
};
