import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Skutterudite (CoAs3, D0_2). */
export const skutterudite: Prototype = {
  name: 'skutterudite',
  strukturbericht: 'D0_2',
  example: 'CoAs3',
  spaceGroupNumber: 204,
  lattice: 'cI',
  sites: [
    { wyckoff: '8c', species: 0, orbit: ['1/4,1/4,1/4', '3/4,3/4,1/4', '1/4,3/4,3/4', '3/4,1/4,3/4'] },
    {
      wyckoff: '24g',
      species: 1,
      orbit: [
        '0,y,z',
        '0,-y,-z',
        '0,-y,z',
        'z,0,y',
        '0,y,-z',
        '-z,0,-y',
        '-z,0,y',
        'z,0,-y',
        'y,z,0',
        '-y,-z,0',
        'y,-z,0',
        '-y,z,0',
      ],
    },
  ],
  free: ['y', 'z'],
  source: SOURCES.pearson,
  table: `
    Co As 8.2060 0.3441 0.1514
    Co Sb 9.0385 0.3354 0.1579
    Co P 7.7070 0.3482 0.1453
    Rh Sb 9.2320 0.3420 0.1517
    Ir Sb 9.2530 0.3400 0.1540
    Rh As 8.4510 0.3450 0.1480
    Ir As 8.4690 0.3450 0.1480
    Rh P 7.9960 0.3547 0.1393
    Ir P 8.0150 0.3540 0.1393
  `,
};
