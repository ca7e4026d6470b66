import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Quintuple layers (Bi2Te3, C33). */
export const tetradymite: Prototype = {
  name: 'tetradymite',
  strukturbericht: 'C33',
  example: 'Bi2Te3',
  spaceGroupNumber: 166,
  lattice: 'hR',
  sites: [
    { wyckoff: '6c', species: 0, orbit: ['0,0,z1', '0,0,-z1'] },
    { wyckoff: '6c', species: 1, orbit: ['0,0,z2', '0,0,-z2'] },
    { wyckoff: '3a', species: 2, orbit: ['0,0,0'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.wyckoff2,
  table: `
    Bi Te Te 4.3835 30.4870 0.4000 0.2095
    Bi Se Se 4.1430 28.6360 0.4008 0.2117
    Sb Te Te 4.2640 30.4580 0.3988 0.2128
    Bi Te Se 4.2980 29.7740 0.3966 0.2118
  `,
};
