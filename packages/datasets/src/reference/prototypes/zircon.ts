import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Zircon (ZrSiO4, H0_3). */
export const zircon: Prototype = {
  name: 'zircon',
  strukturbericht: 'H0_3',
  example: 'ZrSiO4',
  spaceGroupNumber: 141,
  lattice: 'tI',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,3/4,1/8', '0,1/4,7/8'] },
    { wyckoff: '4b', species: 1, orbit: ['0,1/4,3/8', '0,3/4,5/8'] },
    {
      wyckoff: '16h',
      species: 2,
      orbit: [
        '0,y,z',
        '0,-y,-z',
        '-y+1/4,3/4,z+1/4',
        'y+3/4,1/4,-z+3/4',
        '1/2,-y,z+1/2',
        '-y+1/4,1/4,-z+3/4',
        '1/2,y,-z+1/2',
        'y+3/4,3/4,z+1/4',
      ],
    },
  ],
  free: ['y', 'z'],
  source: SOURCES.wyckoff3,
  table: `
    Zr Si O 6.6070 5.9820 0.0661 0.1953
    Hf Si O 6.5730 5.9640 0.0655 0.1948
    Th Si O 7.1330 6.3190 0.0732 0.2104
    U Si O 6.9950 6.2620 0.0720 0.2090
    Y V O 7.1180 6.2890 0.0655 0.2024
    Sc V O 6.7800 6.1350 0.0600 0.1990
    Gd V O 7.2120 6.3480 0.0670 0.2030
    Nd V O 7.3290 6.4360 0.0690 0.2050
    Lu V O 7.0260 6.2340 0.0640 0.2000
    Y P O 6.8840 6.0200 0.0764 0.2150
    Lu P O 6.7920 5.9550 0.0744 0.2136
    Sc P O 6.5740 5.7910 0.0690 0.2080
    Dy P O 6.9070 6.0460 0.0764 0.2159
    Er P O 6.8630 6.0070 0.0753 0.2146
    Tb P O 6.9410 6.0700 0.0764 0.2172
    Yb P O 6.8160 5.9660 0.0743 0.2138
  `,
};
