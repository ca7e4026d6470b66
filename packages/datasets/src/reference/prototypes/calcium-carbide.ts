import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Rock salt of dumbbell anions: carbides, peroxides, superoxides (CaC2, C11_a). */
export const calciumCarbide: Prototype = {
  name: 'calcium-carbide',
  strukturbericht: 'C11_a',
  example: 'CaC2',
  spaceGroupNumber: 139,
  lattice: 'tI',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '4e', species: 1, orbit: ['0,0,z', '0,0,-z'] },
  ],
  free: ['z'],
  source: SOURCES.wyckoff1,
  table: `
    Ca C 3.8890 6.3810 0.4060
    Sr C 4.1160 6.6900 0.4100
    Ba C 4.4110 7.0740 0.4150
    La C 3.9340 6.5720 0.4025
    Nd C 3.8230 6.4050 0.4010
    U C 3.5240 5.9990 0.3880
    Ba O 3.8154 6.8513 0.3911
    Sr O 3.5626 6.6159 0.3890
    K O 4.0334 6.6991 0.4045
  `,
};
