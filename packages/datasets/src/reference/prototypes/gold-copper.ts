import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ordered fcc alloy AB, primitive axes (CuAu, L1_0). */
export const goldCopper: Prototype = {
  name: 'gold-copper',
  strukturbericht: 'L1_0',
  example: 'CuAu',
  spaceGroupNumber: 123,
  lattice: 'tP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '1d', species: 1, orbit: ['1/2,1/2,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Cu Au 2.8040 3.6730
    Fe Pt 2.7240 3.7130
    Co Pt 2.6890 3.7010
    Fe Pd 2.7260 3.7140
    Ni Pt 2.7030 3.5880
    Mn Ni 2.6450 3.5200
    Mn Pt 2.8300 3.6650
    Mn Pd 2.8780 3.5800
    Ti Al 2.8320 4.0700
    Zn Pd 2.8960 3.3460
    Hg Pd 3.0260 3.7020
    Hg Pt 2.9680 3.8250
    Li Bi 3.3610 4.2470
    Na Bi 3.4600 4.8000
    Mn Al 2.7700 3.5400
    Hg Ti 3.0090 4.0410
    Ag Ti 2.9020 4.0770
  `,
};
