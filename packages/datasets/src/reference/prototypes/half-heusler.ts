import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Half-Heusler and Nowotny-Juza phases (MgAgAs, C1_b). */
export const halfHeusler: Prototype = {
  name: 'half-heusler',
  strukturbericht: 'C1_b',
  example: 'MgAgAs',
  spaceGroupNumber: 216,
  lattice: 'cF',
  sites: [
    { wyckoff: '4b', species: 0, orbit: ['1/2,1/2,1/2'] },
    { wyckoff: '4c', species: 1, orbit: ['1/4,1/4,1/4'] },
    { wyckoff: '4a', species: 2, orbit: ['0,0,0'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Li Zn N 4.8800
    Li Zn P 5.7800
    Li Zn As 5.9400
    Li Mg N 4.9550
    Li Mg P 6.0050
    Li Mg As 6.1810
    Li Mg Bi 6.7400
    Li Al Si 5.9300
    Li Al Ge 5.9770
    Li Cd P 6.0960
    Li Cd As 6.2600
    Mg Ni Sb 6.0480
    Mg Ni Bi 6.1520
    Mg Ag As 6.2400
    Mg Cu Sb 6.1520
    Mg Cu Bi 6.2560
    Mn Ni Sb 5.9200
    Mn Pd Sb 6.2460
    Mn Pt Sb 6.2010
    Ti Ni Sn 5.9300
    Zr Ni Sn 6.1130
    Hf Ni Sn 6.0830
    Ti Co Sb 5.8840
    Zr Co Sb 6.0680
    Hf Co Sb 6.0380
    Nb Fe Sb 5.9520
    V Fe Sb 5.8220
    Nb Co Sn 5.9500
    Sc Ni Sb 6.0620
    Sc Pd Sb 6.3100
    Sc Pt Sb 6.3120
    Sc Pd Bi 6.4340
    Y Ni Sb 6.3120
    Y Pd Sb 6.5270
    Y Pt Sb 6.5380
    Y Ni Bi 6.4110
    Y Pd Bi 6.6390
    Y Pt Bi 6.6480
    La Pt Bi 6.8290
    Gd Pt Bi 6.6800
    Lu Pt Bi 6.5910
    Lu Ni Sb 6.2200
  `,
};
