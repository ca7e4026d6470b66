import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Tilted ReO3 network (AlF3, D0_14). */
export const aluminiumFluoride: Prototype = {
  name: 'aluminium-fluoride',
  strukturbericht: 'D0_14',
  example: 'AlF3',
  spaceGroupNumber: 167,
  lattice: 'hR',
  sites: [
    { wyckoff: '6b', species: 0, orbit: ['0,0,0', '0,0,1/2'] },
    {
      wyckoff: '18e',
      species: 1,
      orbit: ['x,0,1/4', '-x,0,3/4', '0,x,1/4', '0,-x,3/4', '-x,-x,1/4', 'x,x,3/4'],
    },
  ],
  free: ['x'],
  source: SOURCES.wyckoff2,
  table: `
    Al F 4.9305 12.4462 0.4275
    Fe F 5.2000 13.3230 0.4120
    Cr F 4.9920 13.2150 0.3860
    V F 5.1680 13.4020 0.3950
    Ti F 5.5190 13.6430 0.4270
  `,
};
