import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Double layers of gamma CuTi (CuTi, B11). */
export const gammaCopperTitanium: Prototype = {
  name: 'gamma-copper-titanium',
  strukturbericht: 'B11',
  example: 'CuTi',
  spaceGroupNumber: 129,
  lattice: 'tP',
  sites: [
    { wyckoff: '2c', species: 0, orbit: ['1/4,1/4,z1', '3/4,3/4,-z1'] },
    { wyckoff: '2c', species: 1, orbit: ['1/4,1/4,z2', '3/4,3/4,-z2'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.pearson,
  table: `
    Cu Ti 3.1180 5.9210 0.1000 0.6500
  `,
};
