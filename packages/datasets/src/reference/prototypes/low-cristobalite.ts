import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Low cristobalite (SiO2, C30). */
export const lowCristobalite: Prototype = {
  name: 'low-cristobalite',
  strukturbericht: 'C30',
  example: 'SiO2',
  spaceGroupNumber: 92,
  lattice: 'tP',
  sites: [
    {
      wyckoff: '4a',
      species: 0,
      orbit: ['x1,x1,0', '-x1+1/2,x1+1/2,1/4', 'x1+1/2,-x1+1/2,3/4', '-x1,-x1,1/2'],
    },
    {
      wyckoff: '8b',
      species: 1,
      orbit: [
        'x2,y2,z2',
        '-y2+1/2,x2+1/2,z2+1/4',
        'x2+1/2,-y2+1/2,-z2+3/4',
        '-x2,-y2,z2+1/2',
        'y2,x2,-z2',
        '-y2,-x2,-z2+1/2',
        'y2+1/2,-x2+1/2,z2+3/4',
        '-x2+1/2,y2+1/2,-z2+1/4',
      ],
    },
  ],
  free: ['x1', 'x2', 'y2', 'z2'],
  source: SOURCES.wyckoff1,
  table: `
    Si O 4.9717 6.9223 0.3003 0.2392 0.1044 0.1787
  `,
};
