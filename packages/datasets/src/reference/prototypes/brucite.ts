import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Layered hydroxides (Mg(OH)2, C6). */
export const brucite: Prototype = {
  name: 'brucite',
  strukturbericht: 'C6',
  example: 'Mg(OH)2',
  spaceGroupNumber: 164,
  lattice: 'hP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '2d', species: 1, orbit: ['1/3,2/3,z1', '2/3,1/3,-z1'] },
    { wyckoff: '2d', species: 2, orbit: ['1/3,2/3,z2', '2/3,1/3,-z2'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.wyckoff1,
  table: `
    Mg O H 3.1420 4.7660 0.2203 0.4210
    Ca O H 3.5890 4.9110 0.2337 0.4248
    Cd O H 3.4960 4.7020 0.2340 0.4380
    Ni O H 3.1260 4.6050 0.2240 0.4340
    Mn O H 3.3220 4.7340 0.2290 0.4340
    Co O H 3.1830 4.6520 0.2210 0.4300
    Fe O H 3.2620 4.5960 0.2250 0.4350
  `,
};
