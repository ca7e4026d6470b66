import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Iron boride: zigzag boron chains (FeB, B27). */
export const ironBoride: Prototype = {
  name: 'iron-boride',
  strukturbericht: 'B27',
  example: 'FeB',
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
  source: SOURCES.pearson,
  table: `
    Fe B 5.5060 2.9520 4.0610 0.1800 0.1250 0.0360 0.6100
    Mn B 5.5600 2.9770 4.1450 0.1800 0.1250 0.0360 0.6150
    Co B 5.2540 3.0430 3.9560 0.1800 0.1250 0.0350 0.6100
    Ti B 6.1200 3.0600 4.5600 0.1770 0.1230 0.0290 0.6030
  `,
};
