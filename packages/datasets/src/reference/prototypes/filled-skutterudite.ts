import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Filled skutterudite (LaFe4P12). */
export const filledSkutterudite: Prototype = {
  name: 'filled-skutterudite',
  strukturbericht: null,
  example: 'LaFe4P12',
  spaceGroupNumber: 204,
  lattice: 'cI',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '8c', species: 1, orbit: ['1/4,1/4,1/4', '3/4,3/4,1/4', '1/4,3/4,3/4', '3/4,1/4,3/4'] },
    {
      wyckoff: '24g',
      species: 2,
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
    La Fe P 7.8316 0.3539 0.1504
    La Fe Sb 9.1390 0.3370 0.1606
    Ce Fe P 7.7920 0.3522 0.1501
    Ce Fe Sb 9.1350 0.3369 0.1604
    La Ru P 8.0561 0.3594 0.1434
  `,
};
