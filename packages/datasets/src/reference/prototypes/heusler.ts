import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Full Heusler alloy (Cu2MnAl, L2_1). */
export const heusler: Prototype = {
  name: 'heusler',
  strukturbericht: 'L2_1',
  example: 'Cu2MnAl',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '8c', species: 0, orbit: ['1/4,1/4,1/4', '3/4,3/4,3/4'] },
    { wyckoff: '4b', species: 1, orbit: ['1/2,1/2,1/2'] },
    { wyckoff: '4a', species: 2, orbit: ['0,0,0'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Cu Mn Al 5.9490
    Ni Mn Ga 5.8250
    Ni Mn Sn 6.0530
    Ni Mn In 6.0680
    Ni Mn Sb 6.0000
    Co Mn Si 5.6540
    Co Mn Ge 5.7430
    Co Mn Sn 6.0000
    Co Mn Ga 5.7700
    Co Mn Al 5.7560
    Co Fe Si 5.6400
    Co Fe Al 5.7300
    Co Ti Al 5.8470
    Co Ti Si 5.7400
    Co Ti Ge 5.8310
    Co Ti Sn 6.0730
    Co V Al 5.7700
    Co Zr Sn 6.2490
    Co Zr Al 6.0780
    Co Nb Sn 6.1524
    Fe V Al 5.7610
    Fe Ti Al 5.8790
    Ni Ti Al 5.8500
    Ni Ti Sn 6.0970
    Ni Zr Sn 6.2700
    Ni Hf Al 6.0810
    Ni Nb Al 5.9740
    Ni Nb Sn 6.1600
    Pd Mn Sn 6.3800
    Pd Mn Sb 6.4240
    Pd Mn In 6.3730
    Pd Mn Ge 6.1740
    Cu Mn In 6.2060
    Pd Y Sn 6.7160
    Pd Zr Al 6.3900
    Pd Hf Al 6.3720
    Pd Sc Sn 6.5030
    Mn V Al 5.8970
    Mn V Ga 5.9050
  `,
};
