import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Tetragonally distorted fcc metal (In, A6). */
export const indium: Prototype = {
  name: 'indium',
  strukturbericht: 'A6',
  example: 'In',
  spaceGroupNumber: 139,
  lattice: 'tI',
  sites: [{ wyckoff: '2a', species: 0, orbit: ['0,0,0'] }],
  free: [],
  source: SOURCES.pearson,
  table: `
    In 3.2523 4.9461
    Pa 3.925 3.238
  `,
};
