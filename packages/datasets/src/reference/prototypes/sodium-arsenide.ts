import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Sodium arsenide (Na3As, D0_18). */
export const sodiumArsenide: Prototype = {
  name: 'sodium-arsenide',
  strukturbericht: 'D0_18',
  example: 'Na3As',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [
    { wyckoff: '2b', species: 0, orbit: ['0,0,1/4', '0,0,3/4'] },
    { wyckoff: '4f', species: 0, orbit: ['1/3,2/3,z', '2/3,1/3,-z', '2/3,1/3,z+1/2', '1/3,2/3,-z+1/2'] },
    { wyckoff: '2c', species: 1, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
  ],
  free: ['z'],
  source: SOURCES.wyckoff2,
  table: `
    Na As 5.0980 9.0000 0.5830
    Na P 4.9900 8.8150 0.5830
    Na Sb 5.3660 9.5150 0.5830
    Na Bi 5.4480 9.6550 0.5830
    K As 5.7940 10.2430 0.5830
    K P 5.6910 10.0500 0.5830
    K Sb 6.0370 10.7170 0.5830
    K Bi 6.1910 10.9550 0.5830
    Li P 4.2730 7.5940 0.5830
    Li As 4.3870 7.8100 0.5830
    Li Sb 4.7100 8.3260 0.5830
    Rb As 6.0500 10.7300 0.5830
    Rb Sb 6.2900 11.1800 0.5830
    Rb Bi 6.4200 11.4600 0.5830
  `,
};
