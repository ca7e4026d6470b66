import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Boron cuboctahedra in a rock-salt array (UB12, D2_f). */
export const uraniumDodecaboride: Prototype = {
  name: 'uranium-dodecaboride',
  strukturbericht: 'D2_f',
  example: 'UB12',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,0,0'] },
    {
      wyckoff: '48i',
      species: 1,
      orbit: [
        '1/2,x,x',
        '1/2,-x,-x',
        '-x,1/2,x',
        'x,1/2,x',
        'x,1/2,-x',
        '-x,1/2,-x',
        '1/2,-x,x',
        'x,-x,1/2',
        'x,x,1/2',
        '1/2,x,-x',
        '-x,x,1/2',
        '-x,-x,1/2',
      ],
    },
  ],
  free: ['x'],
  source: SOURCES.pearson,
  table: `
    Zr B 7.4080 0.1686
    Y B 7.5000 0.1684
    U B 7.4730 0.1690
    Lu B 7.4640 0.1690
    Er B 7.4840 0.1690
    Dy B 7.5010 0.1690
    Tm B 7.4760 0.1690
  `,
};
