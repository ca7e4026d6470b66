import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Calcite: carbonates, nitrates and borates with planar anions (CaCO3, G0_1). */
export const calcite: Prototype = {
  name: 'calcite',
  strukturbericht: 'G0_1',
  example: 'CaCO3',
  spaceGroupNumber: 167,
  lattice: 'hR',
  sites: [
    { wyckoff: '6b', species: 0, orbit: ['0,0,0', '0,0,1/2'] },
    { wyckoff: '6a', species: 1, orbit: ['0,0,1/4', '0,0,3/4'] },
    {
      wyckoff: '18e',
      species: 2,
      orbit: ['x,0,1/4', '-x,0,3/4', '0,x,1/4', '0,-x,3/4', '-x,-x,1/4', 'x,x,3/4'],
    },
  ],
  free: ['x'],
  source: SOURCES.wyckoff2,
  table: `
    Ca C O 4.9896 17.0610 0.2568
    Mg C O 4.6330 15.0150 0.2778
    Fe C O 4.6890 15.3730 0.2743
    Mn C O 4.7770 15.6640 0.2695
    Zn C O 4.6530 15.0280 0.2764
    Co C O 4.6580 14.9580 0.2767
    Ni C O 4.5980 14.7230 0.2795
    Cd C O 4.9200 16.2980 0.2605
    Na N O 5.0700 16.8200 0.2458
    Li N O 4.6920 15.2150 0.2654
    Sc B O 4.7480 15.2620 0.2892
    Lu B O 4.9130 16.2140 0.2790
    In B O 4.8230 15.4560 0.2821
  `,
};
