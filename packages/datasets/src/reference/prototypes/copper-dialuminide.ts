import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Copper dialuminide and the M2B borides (CuAl2, C16). */
export const copperDialuminide: Prototype = {
  name: 'copper-dialuminide',
  strukturbericht: 'C16',
  example: 'CuAl2',
  spaceGroupNumber: 140,
  lattice: 'tI',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,0,1/4', '0,0,3/4'] },
    { wyckoff: '8h', species: 1, orbit: ['x,x+1/2,0', '-x,-x+1/2,0', '-x+1/2,x,0', 'x,-x+1/2,1/2'] },
  ],
  free: ['x'],
  source: SOURCES.pearson,
  table: `
    Cu Al 6.0650 4.8730 0.1581
    Fe Sn 6.5320 5.3230 0.1611
    Co Sn 6.3610 5.4520 0.1660
    Mn Sn 6.6670 5.4470 0.1630
    Fe Ge 5.9080 4.9550 0.1610
    Rh Sn 6.4120 5.6560 0.1650
    Pd Pb 6.8650 5.8440 0.1650
    B Fe 5.1090 4.2490 0.1661
    B Co 5.0150 4.2200 0.1670
    B Ni 4.9900 4.2450 0.1680
    B Mn 5.1480 4.2080 0.1670
    B Mo 5.5430 4.7350 0.1700
    B W 5.5640 4.7400 0.1690
    B Ta 5.7780 4.8640 0.1680
    Si Zr 6.6120 5.2940 0.1660
    Si Ta 6.1570 5.0390 0.1660
    Al Th 7.6140 5.8570 0.1620
    Ni Zr 6.4830 5.2670 0.1660
    Co Zr 6.3670 5.5130 0.1660
  `,
};
