import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Dolomite (CaMg(CO3)2, G1_1). */
export const dolomite: Prototype = {
  name: 'dolomite',
  strukturbericht: 'G1_1',
  example: 'CaMg(CO3)2',
  spaceGroupNumber: 148,
  lattice: 'hR',
  sites: [
    { wyckoff: '3a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '3b', species: 1, orbit: ['0,0,1/2'] },
    { wyckoff: '6c', species: 2, orbit: ['0,0,z1', '0,0,-z1'] },
    {
      wyckoff: '18f',
      species: 3,
      orbit: ['x,y,z2', '-x,-y,-z2', '-y,x-y,z2', 'y,-x+y,-z2', '-x+y,-x,z2', 'x-y,x,-z2'],
    },
  ],
  free: ['z1', 'x', 'y', 'z2'],
  source: SOURCES.wyckoff2,
  table: `
    Ca Mg C O 4.8079 16.0100 0.2429 0.2480 -0.0353 0.2440
  `,
};
