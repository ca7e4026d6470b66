import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Scheelite (CaWO4, H0_4). */
export const scheelite: Prototype = {
  name: 'scheelite',
  strukturbericht: 'H0_4',
  example: 'CaWO4',
  spaceGroupNumber: 88,
  lattice: 'tI',
  sites: [
    { wyckoff: '4b', species: 0, orbit: ['0,1/4,5/8', '0,3/4,3/8'] },
    { wyckoff: '4a', species: 1, orbit: ['0,1/4,1/8', '0,3/4,7/8'] },
    {
      wyckoff: '16f',
      species: 2,
      orbit: [
        'x,y,z',
        '-x,-y,-z',
        '-y+3/4,x+1/4,z+1/4',
        'y+1/4,-x+3/4,-z+3/4',
        '-x+1/2,-y,z+1/2',
        'x+1/2,y,-z+1/2',
        'y+3/4,-x+3/4,z+3/4',
        '-y+1/4,x+1/4,-z+1/4',
      ],
    },
  ],
  free: ['x', 'y', 'z'],
  source: SOURCES.wyckoff3,
  table: `
    Ca W O 5.2430 11.3740 0.1507 0.0086 0.2106
    Ca Mo O 5.2260 11.4300 0.1500 0.0090 0.2100
    Sr W O 5.4168 11.9510 0.1458 0.0163 0.2065
    Sr Mo O 5.3944 12.0200 0.1455 0.0165 0.2060
    Ba W O 5.6134 12.7200 0.1407 0.0245 0.2016
    Ba Mo O 5.5800 12.8200 0.1405 0.0245 0.2005
    Pb W O 5.4616 12.0460 0.1446 0.0182 0.2058
    Pb Mo O 5.4350 12.1100 0.1440 0.0190 0.2050
    Cd Mo O 5.1550 11.1940 0.1520 0.0070 0.2110
    Na I O 5.3370 11.9520 0.1470 0.0140 0.2060
    K I O 5.7500 12.6320 0.1365 0.0310 0.2010
    Y Li F 5.1710 10.7480 0.1628 0.9891 0.2217
    Lu Li F 5.1240 10.5450 0.1640 0.9870 0.2230
    Gd Li F 5.2190 10.9700 0.1620 0.9920 0.2200
  `,
};
