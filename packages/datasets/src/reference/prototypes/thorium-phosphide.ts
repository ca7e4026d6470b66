import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Thorium phosphide (Th3P4, D7_3). */
export const thoriumPhosphide: Prototype = {
  name: 'thorium-phosphide',
  strukturbericht: 'D7_3',
  example: 'Th3P4',
  spaceGroupNumber: 220,
  lattice: 'cI',
  sites: [
    {
      wyckoff: '12a',
      species: 0,
      orbit: ['3/8,0,1/4', '1/4,3/8,0', '5/8,1/2,1/4', '1/4,5/8,1/2', '0,1/4,3/8', '0,3/4,1/8'],
    },
    {
      wyckoff: '16c',
      species: 1,
      orbit: [
        'x,x,x',
        'x+1/4,-x+3/4,-x+1/4',
        'x,-x,-x+1/2',
        '-x,-x+1/2,x',
        '-x+1/4,-x+3/4,x+3/4',
        'x+1/4,x+1/4,x+1/4',
        '-x+1/4,x+1/4,-x+3/4',
        '-x+1/2,x,-x',
      ],
    },
  ],
  free: ['x'],
  source: SOURCES.pearson,
  table: `
    Th P 8.6530 0.0830
    Th As 8.8430 0.0830
    U P 8.2070 0.0830
    U As 8.5070 0.0830
    La Se 9.0550 0.0750
    La Te 9.6190 0.0750
  `,
};
