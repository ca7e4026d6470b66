import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Nickel arsenide (NiAs, B8_1). */
export const nickelArsenide: Prototype = {
  name: 'nickel-arsenide',
  strukturbericht: 'B8_1',
  example: 'NiAs',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0', '0,0,1/2'] },
    { wyckoff: '2c', species: 1, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Ni As 3.6190 5.0340
    Ni Sb 3.9380 5.1380
    Ni Te 3.9650 5.3580
    Ni S 3.4395 5.3484
    Ni Se 3.6600 5.3300
    Co S 3.3770 5.1570
    Co Se 3.6294 5.3006
    Co Te 3.8860 5.3600
    Co Sb 3.8660 5.1880
    Mn As 3.7220 5.7020
    Mn Sb 4.1400 5.7900
    Mn Bi 4.2900 6.1260
    Mn Te 4.1429 6.7031
    Cr Sb 4.1220 5.4640
    V Se 3.5800 5.9770
    Ti S 3.2990 6.3800
    Ti Te 3.8340 6.3900
    Pt Sn 4.1030 5.4280
    Au Sn 4.3218 5.5230
    Pd Sb 4.0780 5.5930
    Pd Te 4.1521 5.6719
    Pt Sb 4.1300 5.4720
    Pt Bi 4.3240 5.5010
    Rh Te 3.9870 5.6610
    Rh Bi 4.0894 5.6642
    Ir Sb 3.9780 5.5210
    Sc Te 4.1200 6.7480
    V P 3.1800 6.2200
  `,
};
