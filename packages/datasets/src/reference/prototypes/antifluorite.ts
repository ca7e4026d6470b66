import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Antifluorite (Li2O, C1). */
export const antifluorite: Prototype = {
  name: 'antifluorite',
  strukturbericht: 'C1',
  example: 'Li2O',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '8c', species: 0, orbit: ['1/4,1/4,1/4', '3/4,3/4,3/4'] },
    { wyckoff: '4a', species: 1, orbit: ['0,0,0'] },
  ],
  free: [],
  source: SOURCES.wyckoff1,
  table: `
    Li O 4.6190
    Na O 5.5500
    K O 6.4360
    Rb O 6.7400
    Li S 5.7080
    Li Se 6.0050
    Li Te 6.5170
    Na S 6.5260
    Na Se 6.8250
    Na Te 7.3140
    K S 7.3910
    K Se 7.6760
    K Te 8.1520
    Rb S 7.6500
    Mg Si 6.3510
    Mg Ge 6.3850
    Mg Sn 6.7630
    Mg Pb 6.8130
    Be C 4.3420
    Ir P 5.5350
    Rh P 5.5050
  `,
};
