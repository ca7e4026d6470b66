import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** A-type rare-earth sesquioxide, its sulfoxides and its anti-type (La2O3, D5_2). */
export const lanthanumOxide: Prototype = {
  name: 'lanthanum-oxide',
  strukturbericht: 'D5_2',
  example: 'La2O3',
  spaceGroupNumber: 164,
  lattice: 'hP',
  sites: [
    { wyckoff: '2d', species: 0, orbit: ['1/3,2/3,z1', '2/3,1/3,-z1'] },
    { wyckoff: '2d', species: 1, orbit: ['1/3,2/3,z2', '2/3,1/3,-z2'] },
    { wyckoff: '1a', species: 2, orbit: ['0,0,0'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.wyckoff2,
  table: `
    La O O 3.9373 6.1299 0.2467 0.6470
    Ce O O 3.8910 6.0590 0.2454 0.6471
    Pr O O 3.8590 6.0130 0.2460 0.6465
    Nd O O 3.8290 6.0020 0.2462 0.6464
    La O S 4.0510 6.9430 0.2790 0.6290
    Nd O S 3.9460 6.7900 0.2800 0.6300
    Gd O S 3.8520 6.6670 0.2810 0.6310
    Y O S 3.7840 6.5890 0.2810 0.6310
    Sb Mg Mg 4.5680 7.2290 0.2270 0.6340
    Bi Mg Mg 4.6660 7.4010 0.2250 0.6350
  `,
};
