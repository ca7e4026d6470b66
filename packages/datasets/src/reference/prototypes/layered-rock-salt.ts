import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Alpha NaFeO2: rock salt ordered along the body diagonal (LiCoO2, F5_1). */
export const layeredRockSalt: Prototype = {
  name: 'layered-rock-salt',
  strukturbericht: 'F5_1',
  example: 'LiCoO2',
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
    Li Co O 2.8160 14.0540 0.2395
    Li Ni O 2.8780 14.1900 0.2410
    Li Cr O 2.8990 14.4230 0.2407
    Li Rh O 3.0200 14.3000 0.2410
    Na Cr O 2.9730 15.9680 0.2345
    Na Fe O 3.0250 16.0940 0.2338
    Na Co O 2.8890 15.6090 0.2306
    Na Ti O 3.0500 16.2000 0.2340
    Na V O 2.9960 16.1000 0.2340
    Na In O 3.2350 16.3500 0.2380
    Na Sc O 3.1660 16.2600 0.2370
    Na Cr S 3.5540 19.5220 0.2380
  `,
};
