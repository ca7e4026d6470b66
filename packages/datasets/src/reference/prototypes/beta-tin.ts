import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** White tin (Sn, A5). */
export const betaTin: Prototype = {
  name: 'beta-tin',
  strukturbericht: 'A5',
  example: 'Sn',
  spaceGroupNumber: 141,
  lattice: 'tI',
  sites: [{ wyckoff: '4a', species: 0, orbit: ['0,3/4,1/8', '0,1/4,7/8'] }],
  free: [],
  source: SOURCES.pearson,
  table: `
    Sn 5.8316 3.1815
  `,
};
