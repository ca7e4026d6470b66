import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Uranium trichloride: nine-fold coordinated cation (UCl3, D0_19). */
export const uraniumChloride: Prototype = {
  name: 'uranium-chloride',
  strukturbericht: 'D0_19',
  example: 'UCl3',
  spaceGroupNumber: 176,
  lattice: 'hP',
  sites: [
    { wyckoff: '2c', species: 0, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] },
    {
      wyckoff: '6h',
      species: 1,
      orbit: ['x,y,1/4', '-x,-y,3/4', 'x-y,x,3/4', '-x+y,-x,1/4', '-y,x-y,1/4', 'y,-x+y,3/4'],
    },
  ],
  free: ['x', 'y'],
  source: SOURCES.wyckoff2,
  table: `
    La Cl 7.4780 4.3745 0.3874 0.3016
    Ce Cl 7.4540 4.3120 0.3880 0.3020
    Pr Cl 7.4220 4.2750 0.3881 0.3022
    Nd Cl 7.3960 4.2390 0.3885 0.3025
    Sm Cl 7.3780 4.1710 0.3890 0.3030
    Eu Cl 7.3690 4.1330 0.3890 0.3030
    Gd Cl 7.3630 4.1050 0.3892 0.3034
    U Cl 7.4420 4.3200 0.3858 0.2997
    La Br 7.9670 4.5100 0.3850 0.2990
    Ce Br 7.9520 4.4440 0.3850 0.2990
    Pr Br 7.9300 4.3900 0.3855 0.2990
    U Br 7.9360 4.4380 0.3850 0.2990
  `,
};
