import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ordered double perovskite (K2NaAlF6). */
export const elpasolite: Prototype = {
  name: 'elpasolite',
  strukturbericht: null,
  example: 'K2NaAlF6',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '8c', species: 0, orbit: ['1/4,1/4,1/4', '3/4,3/4,3/4'] },
    { wyckoff: '4b', species: 1, orbit: ['1/2,1/2,1/2'] },
    { wyckoff: '4a', species: 2, orbit: ['0,0,0'] },
    { wyckoff: '24e', species: 3, orbit: ['x,0,0', '-x,0,0', '0,x,0', '0,-x,0', '0,0,x', '0,0,-x'] },
  ],
  free: ['x'],
  source: SOURCES.landoltBornstein,
  table: `
    K Na Al F 8.1150 0.2190
    K Na Ga F 8.2460 0.2300
    K Na Fe F 8.3230 0.2320
    Cs Ag Bi Cl 10.7770 0.2510
    Cs Ag Bi Br 11.2500 0.2513
    Cs Na Y Cl 10.7315 0.2440
    Cs Na Bi Cl 10.8420 0.2475
    Ba Mg W O 8.1120 0.2370
    Ba Ca W O 8.3900 0.2290
    Ba Y Ru O 8.3390 0.2350
    Ba Y Ta O 8.4330 0.2330
    Ba Zn W O 8.1160 0.2370
  `,
};
