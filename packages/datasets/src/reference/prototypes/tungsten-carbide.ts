import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Tungsten carbide (WC, B_h). */
export const tungstenCarbide: Prototype = {
  name: 'tungsten-carbide',
  strukturbericht: 'B_h',
  example: 'WC',
  spaceGroupNumber: 187,
  lattice: 'hP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '1d', species: 1, orbit: ['1/3,2/3,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    W C 2.9065 2.8366
    Mo P 3.2230 3.1910
  `,
};
