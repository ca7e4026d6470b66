import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Alpha uranium (U, A20). */
export const alphaUranium: Prototype = {
  name: 'alpha-uranium',
  strukturbericht: 'A20',
  example: 'U',
  spaceGroupNumber: 63,
  lattice: 'oC',
  sites: [{ wyckoff: '4c', species: 0, orbit: ['0,y,1/4', '0,-y,3/4'] }],
  free: ['y'],
  source: SOURCES.pearson,
  table: `
    U 2.854 5.869 4.956 0.1025
  `,
};
