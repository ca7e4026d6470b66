import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Zintl layers between octahedral cations (CaAl2Si2). */
export const calciumDialuminiumDisilicide: Prototype = {
  name: 'calcium-dialuminium-disilicide',
  strukturbericht: null,
  example: 'CaAl2Si2',
  spaceGroupNumber: 164,
  lattice: 'hP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '2d', species: 1, orbit: ['1/3,2/3,z1', '2/3,1/3,-z1'] },
    { wyckoff: '2d', species: 2, orbit: ['1/3,2/3,z2', '2/3,1/3,-z2'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.pearson,
  table: `
    Ca Al Si 4.1300 7.1450 0.6300 0.2700
    Ca Zn P 4.0380 6.8360 0.6300 0.2630
    Sr Zn P 4.1000 7.1000 0.6300 0.2720
    Ca Zn As 4.1620 7.0100 0.6310 0.2570
    Sr Zn As 4.2230 7.2680 0.6300 0.2660
    Ca Zn Sb 4.4410 7.4640 0.6310 0.2430
    Sr Zn Sb 4.5000 7.7160 0.6310 0.2580
    Yb Zn Sb 4.4440 7.4260 0.6310 0.2450
    Eu Zn Sb 4.4890 7.6090 0.6310 0.2520
    Ca Cd Sb 4.6490 7.5970 0.6320 0.2370
    Eu Cd As 4.4400 7.3300 0.6330 0.2460
    Ca Mg Bi 4.7340 7.6800 0.6300 0.2400
  `,
};
