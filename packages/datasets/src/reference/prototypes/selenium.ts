import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Helical chains of grey selenium (Se, A8). */
export const selenium: Prototype = {
  name: 'selenium',
  strukturbericht: 'A8',
  example: 'Se',
  spaceGroupNumber: 152,
  lattice: 'hP',
  sites: [{ wyckoff: '3a', species: 0, orbit: ['x,0,1/3', '0,x,2/3', '-x,-x,0'] }],
  free: ['x'],
  source: SOURCES.wyckoff1,
  table: `
    Se 4.3662 4.9536 0.2254
    Te 4.4572 5.9290 0.2636
  `,
};
