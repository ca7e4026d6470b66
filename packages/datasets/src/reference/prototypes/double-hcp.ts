import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Double hexagonal close-packed metal (stacking ABAC) (La, A3'). */
export const doubleHcp: Prototype = {
  name: 'double-hcp',
  strukturbericht: "A3'",
  example: 'La',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0', '0,0,1/2'] },
    { wyckoff: '2c', species: 0, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    La 3.7740 12.171
    Pr 3.6721 11.8326
    Nd 3.6582 11.7966
  `,
};
