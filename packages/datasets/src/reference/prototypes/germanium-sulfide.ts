import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Germanium sulfide: puckered double layers (GeS, B16). */
export const germaniumSulfide: Prototype = {
  name: 'germanium-sulfide',
  strukturbericht: 'B16',
  example: 'GeS',
  spaceGroupNumber: 62,
  lattice: 'oP',
  sites: [
    {
      wyckoff: '4c',
      species: 0,
      orbit: ['x1,1/4,z1', '-x1,3/4,-z1', '-x1+1/2,3/4,z1+1/2', 'x1+1/2,1/4,-z1+1/2'],
    },
    {
      wyckoff: '4c',
      species: 1,
      orbit: ['x2,1/4,z2', '-x2,3/4,-z2', '-x2+1/2,3/4,z2+1/2', 'x2+1/2,1/4,-z2+1/2'],
    },
  ],
  free: ['x1', 'z1', 'x2', 'z2'],
  source: SOURCES.wyckoff1,
  table: `
    Ge S 10.4700 3.6410 4.3000 0.1210 0.1060 0.8480 0.5030
    Ge Se 10.8400 3.8340 4.3900 0.1213 0.1115 0.8534 0.5020
    Sn S 11.2000 3.9870 4.3340 0.1198 0.1194 0.8508 0.4793
    Sn Se 11.5000 4.1530 4.4500 0.1180 0.1030 0.8550 0.4790
  `,
};
