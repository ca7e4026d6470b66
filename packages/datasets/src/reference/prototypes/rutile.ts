import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Rutile (TiO2, C4). */
export const rutile: Prototype = {
  name: 'rutile',
  strukturbericht: 'C4',
  example: 'TiO2',
  spaceGroupNumber: 136,
  lattice: 'tP',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0', '1/2,1/2,1/2'] },
    { wyckoff: '4f', species: 1, orbit: ['x,x,0', '-x,-x,0', '-x+1/2,x+1/2,1/2', 'x+1/2,-x+1/2,1/2'] },
  ],
  free: ['x'],
  source: SOURCES.wyckoff1,
  table: `
    Ti O 4.5937 2.9587 0.3048
    Sn O 4.7374 3.1864 0.3071
    Ge O 4.4066 2.8619 0.3060
    Pb O 4.9550 3.3830 0.3070
    Mn O 4.3980 2.8730 0.3046
    V O 4.5546 2.8514 0.3001
    Cr O 4.4190 2.9154 0.3030
    Ru O 4.4910 3.1060 0.3060
    Os O 4.5000 3.1840 0.3080
    Ir O 4.5050 3.1590 0.3080
    Rh O 4.4862 3.0884 0.3060
    Si O 4.1790 2.6650 0.3062
    Mg F 4.6213 3.0519 0.3029
    Mn F 4.8734 3.3103 0.3050
    Fe F 4.6966 3.3091 0.3010
    Co F 4.6951 3.1796 0.3052
    Ni F 4.6506 3.0836 0.3036
    Zn F 4.7034 3.1335 0.3030
    Pd F 4.9560 3.3890 0.3100
    Mg H 4.5168 3.0205 0.3060
  `,
};
