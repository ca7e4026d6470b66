import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ordered bcc alloy AB3 (BiF3, D0_3). */
export const bismuthTrifluoride: Prototype = {
  name: 'bismuth-trifluoride',
  strukturbericht: 'D0_3',
  example: 'BiF3',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '8c', species: 0, orbit: ['1/4,1/4,1/4', '3/4,3/4,3/4'] },
    { wyckoff: '4b', species: 0, orbit: ['1/2,1/2,1/2'] },
    { wyckoff: '4a', species: 1, orbit: ['0,0,0'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Fe Al 5.7900
    Fe Si 5.6540
    Li Bi 6.7080
    Li Sb 6.5730
    K Bi 8.8050
    K Sb 8.4930
    Rb Bi 8.9890
    Rb Sb 8.8400
    Cs Sb 9.1470
    Mn Si 5.7220
    Mg Ce 7.4380
    Mg La 7.4930
    Mg Pr 7.4300
    Mg Nd 7.4100
    Mg Gd 7.3240
    Li Hg 6.5610
    Li Pb 6.6870
    H La 5.6020
  `,
};
