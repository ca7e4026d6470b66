import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** CaCu5 magnets and hydrogen stores (CaCu5, D2_d). */
export const calciumPentacopper: Prototype = {
  name: 'calcium-pentacopper',
  strukturbericht: 'D2_d',
  example: 'CaCu5',
  spaceGroupNumber: 191,
  lattice: 'hP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '2c', species: 1, orbit: ['1/3,2/3,0', '2/3,1/3,0'] },
    { wyckoff: '3g', species: 1, orbit: ['1/2,0,1/2', '1/2,1/2,1/2', '0,1/2,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Ca Cu 5.0820 4.0860
    La Ni 5.0170 3.9860
    Sm Co 5.0020 3.9640
    Y Co 4.9370 3.9780
    Y Ni 4.8830 3.9670
    Ce Ni 4.8780 4.0060
    Ce Co 4.9280 4.0150
    Gd Co 4.9740 3.9730
    Pr Co 5.0130 3.9800
    Nd Co 5.0260 3.9750
    La Co 5.1050 3.9660
    Gd Ni 4.9090 3.9670
    Nd Ni 4.9520 3.9760
    Pr Ni 4.9570 3.9760
    Th Co 4.9560 4.0370
    La Cu 5.1820 4.1120
    Ca Ni 4.9520 3.9360
    Ca Zn 5.4160 4.1910
    La Zn 5.4270 4.2250
  `,
};
