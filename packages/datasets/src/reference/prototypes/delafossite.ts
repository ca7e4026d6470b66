import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Delafossite (CuFeO2, F5_1). */
export const delafossite: Prototype = {
  name: 'delafossite',
  strukturbericht: 'F5_1',
  example: 'CuFeO2',
  spaceGroupNumber: 166,
  lattice: 'hR',
  sites: [
    { wyckoff: '3a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '3b', species: 1, orbit: ['0,0,1/2'] },
    { wyckoff: '6c', species: 2, orbit: ['0,0,z', '0,0,-z'] },
  ],
  free: ['z'],
  source: SOURCES.landoltBornstein,
  table: `
    Cu Al O 2.8580 16.9580 0.1099
    Cu Ga O 2.9770 17.1710 0.1073
    Cu In O 3.2920 17.3880 0.1056
    Cu Fe O 3.0350 17.1660 0.1066
    Cu Cr O 2.9750 17.0960 0.1079
    Ag Ga O 2.9890 18.5340 0.1144
    Ag In O 3.2770 18.8810 0.1157
    Ag Cr O 2.9850 18.5100 0.1112
    Ag Fe O 3.0391 18.5900 0.1117
    Pd Co O 2.8300 17.7430 0.1112
    Pt Co O 2.8200 17.8000 0.1140
    Pd Cr O 2.9230 18.0870 0.1105
    Cu Sc O 3.2200 17.0990 0.1077
    Cu Y O 3.5330 17.1360 0.1050
    Cu Co O 2.8488 16.9200 0.1084
    Cu Rh O 3.0740 17.0900 0.1070
  `,
};
