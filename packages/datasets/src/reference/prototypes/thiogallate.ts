import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Defect chalcopyrite with ordered vacancies (CdGa2S4, E3). */
export const thiogallate: Prototype = {
  name: 'thiogallate',
  strukturbericht: 'E3',
  example: 'CdGa2S4',
  spaceGroupNumber: 82,
  lattice: 'tI',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '2b', species: 1, orbit: ['0,0,1/2'] },
    { wyckoff: '2c', species: 1, orbit: ['0,1/2,1/4'] },
    { wyckoff: '8g', species: 2, orbit: ['x,y,z', 'y,-x,-z', '-x,-y,z', '-y,x,-z'] },
  ],
  free: ['x', 'y', 'z'],
  source: SOURCES.landoltBornstein,
  table: `
    Cd Ga S 5.5530 10.1720 0.2700 0.2600 0.1400
    Cd Ga Se 5.7430 10.7300 0.2700 0.2600 0.1400
    Hg Ga S 5.5070 10.2300 0.2700 0.2600 0.1400
    Hg Ga Se 5.7150 10.7800 0.2700 0.2600 0.1400
    Cd Al S 5.5640 10.3200 0.2700 0.2600 0.1400
    Cd Al Se 5.7470 10.6800 0.2700 0.2600 0.1400
    Zn Al Se 5.5030 10.9000 0.2600 0.2500 0.1300
    Hg Al S 5.4880 10.2600 0.2700 0.2600 0.1400
    Hg Al Se 5.7080 10.7400 0.2700 0.2600 0.1400
  `,
};
