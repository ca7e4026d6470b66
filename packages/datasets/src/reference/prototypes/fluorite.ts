import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Fluorite (CaF2, C1). */
export const fluorite: Prototype = {
  name: 'fluorite',
  strukturbericht: 'C1',
  example: 'CaF2',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '8c', species: 1, orbit: ['1/4,1/4,1/4', '3/4,3/4,3/4'] },
  ],
  free: [],
  source: SOURCES.wyckoff1,
  table: `
    Ca F 5.4630
    Sr F 5.7996
    Ba F 6.2001
    Cd F 5.3880
    Pb F 5.9400
    Hg F 5.5400
    Eu F 5.8420
    Yb F 5.5990
    Sm F 5.8690
    Sr Cl 6.9767
    Ce O 5.4110
    Th O 5.5970
    U O 5.4704
    Pu O 5.3960
    Np O 5.4340
    Am O 5.3760
    Pr O 5.3940
    Tb O 5.2200
    Pa O 5.5050
    Zr O 5.0900
    Hf O 5.1150
    Au Al 5.9970
    Au Ga 6.0760
    Au In 6.5080
    Pt Al 5.9100
    Pt Ga 5.9230
    Pt In 6.3660
    Pt Sn 6.4250
    Ni Si 5.4060
    Co Si 5.3650
    Sc H 4.7830
    Y H 5.2050
    Ti H 4.4540
    La H 5.6670
    Ce H 5.5800
    Pr H 5.5150
    Nd H 5.4690
    Sm H 5.3740
    Gd H 5.3030
    Tb H 5.2460
    Dy H 5.2010
    Ho H 5.1650
    Er H 5.1230
    Tm H 5.0900
    Lu H 5.0330
    V H 4.2710
    Nb H 4.5660
  `,
};
