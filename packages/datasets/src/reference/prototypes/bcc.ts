import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Body-centred cubic metal (W, A2). */
export const bcc: Prototype = {
  name: 'bcc',
  strukturbericht: 'A2',
  example: 'W',
  spaceGroupNumber: 229,
  lattice: 'cI',
  sites: [{ wyckoff: '2a', species: 0, orbit: ['0,0,0'] }],
  free: [],
  source: SOURCES.pearson,
  table: `
    Li 3.5093
    Na 4.2906
    K 5.328
    Rb 5.705
    Cs 6.141
    Ba 5.028
    V 3.0240
    Nb 3.3007
    Ta 3.3013
    Cr 2.8848
    Mo 3.1470
    W 3.1652
    Fe 2.8665
    Eu 4.5827
  `,
};
