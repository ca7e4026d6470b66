import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Cubic perovskite (SrTiO3, E2_1). */
export const perovskite: Prototype = {
  name: 'perovskite',
  strukturbericht: 'E2_1',
  example: 'SrTiO3',
  spaceGroupNumber: 221,
  lattice: 'cP',
  sites: [
    { wyckoff: '1b', species: 0, orbit: ['1/2,1/2,1/2'] },
    { wyckoff: '1a', species: 1, orbit: ['0,0,0'] },
    { wyckoff: '3d', species: 2, orbit: ['1/2,0,0', '0,1/2,0', '0,0,1/2'] },
  ],
  free: [],
  source: SOURCES.wyckoff2,
  table: `
    Sr Ti O 3.9050
    Ba Ti O 4.0100
    K Ta O 3.9885
    K Nb O 4.0220
    Na Nb O 3.9400
    Pb Ti O 3.9690
    Ba Zr O 4.1930
    Ba Hf O 4.1710
    Ba Sn O 4.1160
    Ba Mo O 4.0404
    Sr Mo O 3.9750
    Sr V O 3.8425
    Sr Fe O 3.8500
    Sr Co O 3.8350
    Eu Ti O 3.9050
    K Mg F 3.9890
    K Mn F 4.1890
    K Fe F 4.1210
    K Co F 4.0700
    K Ni F 4.0125
    K Zn F 4.0555
    Rb Mn F 4.2400
    Rb Zn F 4.1100
    Rb Ca F 4.4550
    Rb Cd F 4.3990
    Cs Ca F 4.5230
    Cs Cd F 4.4700
    Cs Pb Cl 5.6050
    Cs Pb Br 5.8740
    Cs Pb I 6.2890
    Cs Sn Br 5.8040
    Cs Sn I 6.2190
    Ba Li F 3.9950
    Ba Li H 4.0230
    Eu Li H 3.7960
    Sr Li H 3.8330
    Cs Ca H 4.6090
    Rb Ca H 4.5470
  `,
};
