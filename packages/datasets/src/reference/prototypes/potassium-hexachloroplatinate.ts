import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Vacancy-ordered double perovskite (K2PtCl6, J1_1). */
export const potassiumHexachloroplatinate: Prototype = {
  name: 'potassium-hexachloroplatinate',
  strukturbericht: 'J1_1',
  example: 'K2PtCl6',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '8c', species: 0, orbit: ['1/4,1/4,1/4', '3/4,3/4,3/4'] },
    { wyckoff: '4a', species: 1, orbit: ['0,0,0'] },
    { wyckoff: '24e', species: 2, orbit: ['x,0,0', '-x,0,0', '0,x,0', '0,-x,0', '0,0,x', '0,0,-x'] },
  ],
  free: ['x'],
  source: SOURCES.landoltBornstein,
  table: `
    K Pt Cl 9.7430 0.2382
    Rb Pt Cl 9.9010 0.2350
    Cs Pt Cl 10.1900 0.2280
    K Pt Br 10.2930 0.2395
    K Sn Cl 10.0020 0.2412
    Rb Sn Cl 10.1180 0.2395
    Cs Sn Cl 10.3850 0.2344
    Cs Sn Br 10.8100 0.2410
    Cs Sn I 11.6510 0.2453
    K Si F 8.1340 0.2067
    Rb Si F 8.4520 0.1990
    Cs Si F 8.9190 0.1890
    K Re Cl 9.8400 0.2391
    K Os Cl 9.7290 0.2400
    Cs Te Cl 10.4470 0.2422
    Cs Zr Cl 10.4070 0.2364
    Cs Hf Cl 10.4200 0.2350
    K Re Br 10.3850 0.2410
  `,
};
