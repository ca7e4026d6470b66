import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Simple cubic polonium (Po, A_h). */
export const simpleCubic: Prototype = {
  name: 'simple-cubic',
  strukturbericht: 'A_h',
  example: 'Po',
  spaceGroupNumber: 221,
  lattice: 'cP',
  sites: [{ wyckoff: '1a', species: 0, orbit: ['0,0,0'] }],
  free: [],
  source: SOURCES.pearson,
  table: `
    Po 3.359
  `,
};
