import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Manganese phosphide: distorted nickel arsenide (MnP, B31). */
export const manganesePhosphide: Prototype = {
  name: 'manganese-phosphide',
  strukturbericht: 'B31',
  example: 'MnP',
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
    Mn P 5.2580 3.1720 5.9180 0.0049 0.1965 0.1878 0.5686
    Fe P 5.1910 3.0990 5.7920 0.0020 0.2000 0.1910 0.5680
    Co P 5.0770 3.2810 5.5870 0.0000 0.1960 0.1910 0.5810
    Cr P 5.3620 3.1130 6.0180 0.0070 0.1920 0.1820 0.5630
    Fe As 5.4420 3.3720 6.0280 0.0033 0.1993 0.1992 0.5774
    Co As 5.2860 3.4580 5.8690 0.0000 0.1990 0.1950 0.5850
    Cr As 5.6490 3.4630 6.2084 0.0065 0.2001 0.2021 0.5773
    Ru P 5.5200 3.1680 6.1200 0.0000 0.2000 0.1900 0.5700
    Pd Si 5.5990 3.3810 6.1330 0.0050 0.1900 0.1900 0.5700
    Pt Si 5.5950 3.6030 5.9320 0.0000 0.1920 0.1950 0.5830
    Ni Ge 5.3810 3.4280 5.8110 0.0000 0.1900 0.1900 0.5830
  `,
};
