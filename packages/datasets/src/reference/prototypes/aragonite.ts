import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Aragonite, Pnma setting (CaCO3, G0_2). */
export const aragonite: Prototype = {
  name: 'aragonite',
  strukturbericht: 'G0_2',
  example: 'CaCO3',
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
    {
      wyckoff: '4c',
      species: 2,
      orbit: ['x3,1/4,z3', '-x3,3/4,-z3', '-x3+1/2,3/4,z3+1/2', 'x3+1/2,1/4,-z3+1/2'],
    },
    {
      wyckoff: '8d',
      species: 2,
      orbit: [
        'x4,y4,z4',
        '-x4,-y4,-z4',
        '-x4+1/2,-y4,z4+1/2',
        'x4+1/2,-y4+1/2,-z4+1/2',
        'x4+1/2,y4,-z4+1/2',
        '-x4+1/2,y4+1/2,z4+1/2',
        '-x4,y4+1/2,-z4',
        'x4,-y4+1/2,z4',
      ],
    },
  ],
  free: ['x1', 'z1', 'x2', 'z2', 'x3', 'z3', 'x4', 'y4', 'z4'],
  source: SOURCES.wyckoff2,
  table: `
    Ca C O 5.7404 4.9614 7.9671 0.7597 0.4150 -0.0862 0.7622 -0.0962 0.9225 -0.0873 0.4736 0.6810
    Sr C O 6.0290 5.1070 8.4140 0.7569 0.4160 -0.0864 0.7601 -0.0945 0.9119 -0.0878 0.4694 0.6810
    Ba C O 6.4284 5.3126 8.8958 0.7549 0.4163 -0.0810 0.7570 -0.0878 0.9011 -0.0839 0.4595 0.6839
    Pb C O 6.1340 5.1800 8.4920 0.7549 0.4169 -0.0840 0.7622 -0.0940 0.9138 -0.0890 0.4655 0.6843
    K N O 6.4310 5.4140 9.1660 0.7568 0.4166 -0.0848 0.7548 -0.0893 0.8900 -0.0844 0.4493 0.6869
  `,
};
