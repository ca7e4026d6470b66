import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Wurtzite (ZnS, B4). */
export const wurtzite: Prototype = {
  name: 'wurtzite',
  strukturbericht: 'B4',
  example: 'ZnS',
  spaceGroupNumber: 186,
  lattice: 'hP',
  sites: [
    { wyckoff: '2b', species: 0, orbit: ['1/3,2/3,0', '2/3,1/3,1/2'] },
    { wyckoff: '2b', species: 1, orbit: ['1/3,2/3,z', '2/3,1/3,z+1/2'] },
  ],
  free: ['z'],
  source: SOURCES.landoltBornstein,
  table: `
    Zn O 3.2495 5.2069 0.3825
    Zn S 3.8230 6.2565 0.3750
    Cd S 4.1348 6.7490 0.3770
    Cd Se 4.2985 7.0150 0.3767
    Be O 2.6980 4.3772 0.3780
    Al N 3.1110 4.9788 0.3821
    Ga N 3.1890 5.1850 0.3770
    In N 3.5370 5.7030 0.3790
    Si C 3.0763 5.0480 0.3760
    Ag I 4.5920 7.5100 0.3750
    B N 2.5505 4.2130 0.3750
    Mg Te 4.5480 7.3900 0.3750
    Zn Se 4.0030 6.5400 0.3750
    Mn S 3.9760 6.4320 0.3750
    Cu H 2.8930 4.6140 0.3750
    Cd Te 4.5700 7.4700 0.3750
    Zn Te 4.2700 6.9900 0.3750
  `,
};
