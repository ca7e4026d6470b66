import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Honeycomb layers of edge-sharing octahedra (BiI3, D0_5). */
export const bismuthIodide: Prototype = {
  name: 'bismuth-iodide',
  strukturbericht: 'D0_5',
  example: 'BiI3',
  spaceGroupNumber: 148,
  lattice: 'hR',
  sites: [
    { wyckoff: '6c', species: 0, orbit: ['0,0,z1', '0,0,-z1'] },
    {
      wyckoff: '18f',
      species: 1,
      orbit: ['x,y,z2', '-x,-y,-z2', '-y,x-y,z2', 'y,-x+y,-z2', '-x+y,-x,z2', 'x-y,x,-z2'],
    },
  ],
  free: ['z1', 'x', 'y', 'z2'],
  source: SOURCES.wyckoff2,
  table: `
    Bi I 7.5160 20.7180 0.1667 0.3415 0.3395 0.0797
    Cr I 6.8670 19.8070 0.1667 0.3500 0.3490 0.0870
    Cr Br 6.3080 18.3500 0.1667 0.3510 0.3480 0.0910
    Fe Cl 6.0650 17.4400 0.1667 0.3470 0.3400 0.0880
    V Cl 6.0120 17.3400 0.1667 0.3470 0.3400 0.0890
    As I 7.2080 21.4360 0.1985 0.3485 0.3333 0.0822
  `,
};
