import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Orthorhombically tilted perovskite, Pnma setting (GdFeO3). */
export const orthorhombicPerovskite: Prototype = {
  name: 'orthorhombic-perovskite',
  strukturbericht: null,
  example: 'GdFeO3',
  spaceGroupNumber: 62,
  lattice: 'oP',
  sites: [
    {
      wyckoff: '4c',
      species: 0,
      orbit: ['x1,1/4,z1', '-x1,3/4,-z1', '-x1+1/2,3/4,z1+1/2', 'x1+1/2,1/4,-z1+1/2'],
    },
    { wyckoff: '4b', species: 1, orbit: ['0,0,1/2', '1/2,0,0', '1/2,1/2,0', '0,1/2,1/2'] },
    {
      wyckoff: '4c',
      species: 2,
      orbit: ['x2,1/4,z2', '-x2,3/4,-z2', '-x2+1/2,3/4,z2+1/2', 'x2+1/2,1/4,-z2+1/2'],
    },
    {
      wyckoff: '8d',
      species: 2,
      orbit: [
        'x3,y3,z3',
        '-x3,-y3,-z3',
        '-x3+1/2,-y3,z3+1/2',
        'x3+1/2,-y3+1/2,-z3+1/2',
        'x3+1/2,y3,-z3+1/2',
        '-x3+1/2,y3+1/2,z3+1/2',
        '-x3,y3+1/2,-z3',
        'x3,-y3+1/2,z3',
      ],
    },
  ],
  free: ['x1', 'z1', 'x2', 'z2', 'x3', 'y3', 'z3'],
  source: SOURCES.landoltBornstein,
  table: `
    Ca Ti O 5.4423 7.6401 5.3796 0.0360 0.9932 0.4838 0.0713 0.2895 0.0371 0.7114
    La Fe O 5.5647 7.8551 5.5560 0.0295 0.9935 0.4877 0.0745 0.2813 0.0393 0.7191
    La Mn O 5.7473 7.6929 5.5367 0.0490 0.9922 0.4874 0.0745 0.3066 0.0384 0.7256
    Gd Fe O 5.6110 7.6690 5.3490 0.0628 0.9846 0.4672 0.1005 0.3016 0.0507 0.6984
    Y Fe O 5.5946 7.6053 5.2817 0.0693 0.9820 0.4607 0.1093 0.3074 0.0580 0.6923
    Y Al O 5.3300 7.3750 5.1800 0.0526 0.9896 0.4750 0.0860 0.2930 0.0440 0.7030
    Ca Zr O 5.7616 8.0171 5.5912 0.0494 0.9878 0.4591 0.1044 0.3000 0.0554 0.6994
    Ca Mn O 5.2819 7.4542 5.2677 0.0333 0.9940 0.4903 0.0662 0.2873 0.0338 0.7124
    Na Mg F 5.5030 7.6760 5.3630 0.0440 0.9890 0.4720 0.0880 0.2950 0.0470 0.7030
    Mg Si O 4.9292 6.8969 4.7754 0.0556 0.9859 0.4660 0.1028 0.3014 0.0530 0.6957
  `,
};
