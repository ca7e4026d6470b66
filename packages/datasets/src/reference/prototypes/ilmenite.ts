import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ilmenite (FeTiO3, E2_2). */
export const ilmenite: Prototype = {
  name: 'ilmenite',
  strukturbericht: 'E2_2',
  example: 'FeTiO3',
  spaceGroupNumber: 148,
  lattice: 'hR',
  sites: [
    { wyckoff: '6c', species: 0, orbit: ['0,0,z1', '0,0,-z1'] },
    { wyckoff: '6c', species: 1, orbit: ['0,0,z2', '0,0,-z2'] },
    {
      wyckoff: '18f',
      species: 2,
      orbit: ['x,y,z3', '-x,-y,-z3', '-y,x-y,z3', 'y,-x+y,-z3', '-x+y,-x,z3', 'x-y,x,-z3'],
    },
  ],
  free: ['z1', 'z2', 'x', 'y', 'z3'],
  source: SOURCES.landoltBornstein,
  table: `
    Fe Ti O 5.0880 14.0850 0.3554 0.1464 0.3174 0.0233 0.2451
    Mg Ti O 5.0540 13.8980 0.3556 0.1451 0.3159 0.0214 0.2464
    Mn Ti O 5.1390 14.2830 0.3600 0.1476 0.3189 0.0310 0.2439
    Co Ti O 5.0650 13.9180 0.3550 0.1454 0.3161 0.0207 0.2464
    Ni Ti O 5.0320 13.7910 0.3500 0.1441 0.3160 0.0200 0.2470
  `,
};
