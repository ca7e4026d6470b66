import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Brookite (TiO2, C21). */
export const brookite: Prototype = {
  name: 'brookite',
  strukturbericht: 'C21',
  example: 'TiO2',
  spaceGroupNumber: 61,
  lattice: 'oP',
  sites: [
    {
      wyckoff: '8c',
      species: 0,
      orbit: [
        'x1,y1,z1',
        '-x1,-y1,-z1',
        '-x1+1/2,-y1,z1+1/2',
        'x1+1/2,-y1+1/2,-z1',
        'x1+1/2,y1,-z1+1/2',
        '-x1+1/2,y1+1/2,z1',
        '-x1,y1+1/2,-z1+1/2',
        'x1,-y1+1/2,z1+1/2',
      ],
    },
    {
      wyckoff: '8c',
      species: 1,
      orbit: [
        'x2,y2,z2',
        '-x2,-y2,-z2',
        '-x2+1/2,-y2,z2+1/2',
        'x2+1/2,-y2+1/2,-z2',
        'x2+1/2,y2,-z2+1/2',
        '-x2+1/2,y2+1/2,z2',
        '-x2,y2+1/2,-z2+1/2',
        'x2,-y2+1/2,z2+1/2',
      ],
    },
    {
      wyckoff: '8c',
      species: 1,
      orbit: [
        'x3,y3,z3',
        '-x3,-y3,-z3',
        '-x3+1/2,-y3,z3+1/2',
        'x3+1/2,-y3+1/2,-z3',
        'x3+1/2,y3,-z3+1/2',
        '-x3+1/2,y3+1/2,z3',
        '-x3,y3+1/2,-z3+1/2',
        'x3,-y3+1/2,z3+1/2',
      ],
    },
  ],
  free: ['x1', 'y1', 'z1', 'x2', 'y2', 'z2', 'x3', 'y3', 'z3'],
  source: SOURCES.crc,
  table: `
    Ti O 9.1840 5.4470 5.1450 0.1289 0.0972 0.8628 0.0095 0.1491 0.1835 0.2314 0.1110 0.5366
  `,
};
