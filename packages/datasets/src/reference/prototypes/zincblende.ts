import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Zincblende (ZnS, B3). */
export const zincblende: Prototype = {
  name: 'zincblende',
  strukturbericht: 'B3',
  example: 'ZnS',
  spaceGroupNumber: 216,
  lattice: 'cF',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '4c', species: 1, orbit: ['1/4,1/4,1/4'] },
  ],
  free: [],
  source: SOURCES.landoltBornstein,
  table: `
    Al P 5.4635
    Al As 5.6611
    Al Sb 6.1355
    Ga P 5.4505
    Ga As 5.6533
    Ga Sb 6.0959
    In P 5.8687
    In As 6.0583
    In Sb 6.4794
    B N 3.6157
    B P 4.5383
    B As 4.7778
    Zn S 5.4093
    Zn Se 5.6687
    Zn Te 6.1037
    Cd S 5.8180
    Cd Se 6.0520
    Cd Te 6.4810
    Hg S 5.8517
    Hg Se 6.0850
    Hg Te 6.4603
    Be S 4.8650
    Be Se 5.1390
    Be Te 5.6260
    Cu Cl 5.4160
    Cu Br 5.6905
    Cu I 6.0507
    Ag I 6.4950
    Si C 4.3596
    Mn S 5.6000
    Ga N 4.5200
    In N 4.9800
    Al N 4.3800
  `,
};
