import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Stacked bcc-like triples (MoSi2, C11_b). */
export const molybdenumDisilicide: Prototype = {
  name: 'molybdenum-disilicide',
  strukturbericht: 'C11_b',
  example: 'MoSi2',
  spaceGroupNumber: 139,
  lattice: 'tI',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '4e', species: 1, orbit: ['0,0,z', '0,0,-z'] },
  ],
  free: ['z'],
  source: SOURCES.pearson,
  table: `
    Mo Si 3.2030 7.8430 0.3353
    W Si 3.2110 7.8350 0.3350
    Al Cr 3.0045 8.6477 0.3190
    Cu Zr 3.2204 11.1832 0.3400
    Cu Ti 2.9438 10.7860 0.3380
    Pd Ti 3.0900 10.0540 0.3380
    Pd Zr 3.3060 10.8940 0.3400
    Ag Zr 3.2460 12.0040 0.3400
    Au Zr 3.2800 11.6000 0.3400
    Ag Ti 2.9520 11.8500 0.3380
    Au Hf 3.2300 11.6000 0.3400
    Mg Hg 3.8380 8.7990 0.3330
    Ti Au 3.4190 8.5140 0.3330
    Mo Ge 3.3130 8.1950 0.3330
  `,
};
