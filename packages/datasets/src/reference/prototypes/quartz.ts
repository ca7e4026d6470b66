import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Low quartz (SiO2, C8). */
export const quartz: Prototype = {
  name: 'quartz',
  strukturbericht: 'C8',
  example: 'SiO2',
  spaceGroupNumber: 152,
  lattice: 'hP',
  sites: [
    { wyckoff: '3a', species: 0, orbit: ['x1,0,1/3', '0,x1,2/3', '-x1,-x1,0'] },
    {
      wyckoff: '6c',
      species: 1,
      orbit: [
        'x2,y2,z2',
        '-y2,x2-y2,z2+1/3',
        'y2,x2,-z2',
        '-x2+y2,-x2,z2+2/3',
        '-x2,-x2+y2,-z2+1/3',
        'x2-y2,-y2,-z2+2/3',
      ],
    },
  ],
  free: ['x1', 'x2', 'y2', 'z2'],
  source: SOURCES.wyckoff1,
  table: `
    Si O 4.9137 5.4052 0.4697 0.4135 0.2669 0.7858
    Ge O 4.9870 5.6520 0.4513 0.3969 0.3021 0.7576
  `,
};
