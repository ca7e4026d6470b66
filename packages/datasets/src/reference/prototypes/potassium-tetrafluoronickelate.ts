import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** First Ruddlesden-Popper phase (K2NiF4). */
export const potassiumTetrafluoronickelate: Prototype = {
  name: 'potassium-tetrafluoronickelate',
  strukturbericht: null,
  example: 'K2NiF4',
  spaceGroupNumber: 139,
  lattice: 'tI',
  sites: [
    { wyckoff: '4e', species: 0, orbit: ['0,0,z1', '0,0,-z1'] },
    { wyckoff: '2a', species: 1, orbit: ['0,0,0'] },
    { wyckoff: '4c', species: 2, orbit: ['0,1/2,0', '1/2,0,0'] },
    { wyckoff: '4e', species: 2, orbit: ['0,0,z2', '0,0,-z2'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.landoltBornstein,
  table: `
    K Ni F 4.0120 13.0760 0.3520 0.1510
    K Co F 4.0740 13.0800 0.3540 0.1550
    K Zn F 4.0580 13.1090 0.3540 0.1550
    K Mn F 4.1740 13.2720 0.3550 0.1590
    Sr Ti O 3.8860 12.5900 0.3550 0.1520
    Sr Sn O 4.0370 12.5300 0.3530 0.1620
    Sr Ru O 3.8710 12.7020 0.3538 0.1620
    Sr Mo O 3.9168 12.8590 0.3530 0.1600
    Sr V O 3.8370 12.5690 0.3550 0.1580
    Ba Sn O 4.1400 13.2950 0.3550 0.1560
    Ba Pb O 4.2960 13.3000 0.3550 0.1550
  `,
};
