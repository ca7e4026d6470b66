import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Trigonal-prismatic layers with the metals above each other (NbSe2, C27). */
export const niobiumDiselenide: Prototype = {
  name: 'niobium-diselenide',
  strukturbericht: 'C27',
  example: 'NbSe2',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2b', species: 0, orbit: ['0,0,1/4', '0,0,3/4'] },
    { wyckoff: '4f', species: 1, orbit: ['1/3,2/3,z', '2/3,1/3,-z', '2/3,1/3,z+1/2', '1/3,2/3,-z+1/2'] },
  ],
  free: ['z'],
  source: SOURCES.wyckoff1,
  table: `
    Nb Se 3.4446 12.5444 0.1183
    Ta S 3.3140 12.0970 0.1180
    Ta Se 3.4340 12.6960 0.1180
  `,
};
