import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Pyrite (FeS2, C2). */
export const pyrite: Prototype = {
  name: 'pyrite',
  strukturbericht: 'C2',
  example: 'FeS2',
  spaceGroupNumber: 205,
  lattice: 'cP',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,0,0', '1/2,0,1/2', '1/2,1/2,0', '0,1/2,1/2'] },
    {
      wyckoff: '8c',
      species: 1,
      orbit: [
        'x,x,x',
        '-x,-x,-x',
        '-x+1/2,-x,x+1/2',
        'x+1/2,-x+1/2,-x',
        'x+1/2,x,-x+1/2',
        '-x+1/2,x+1/2,x',
        '-x,x+1/2,-x+1/2',
        'x,-x+1/2,x+1/2',
      ],
    },
  ],
  free: ['x'],
  source: SOURCES.wyckoff1,
  table: `
    Fe S 5.4166 0.3850
    Co S 5.5380 0.3898
    Ni S 5.6870 0.3940
    Mn S 6.1020 0.4010
    Ru S 5.6100 0.3880
    Os S 5.6190 0.3870
    Ru Se 5.9340 0.3807
    Os Se 5.9450 0.3800
    Ru Te 6.3910 0.3710
    Os Te 6.3980 0.3700
    Co Se 5.8590 0.3800
    Ni Se 5.9630 0.3840
    Mn Se 6.4300 0.3930
    Pt P 5.6950 0.3900
    Pt As 5.9670 0.3830
    Pt Sb 6.4400 0.3753
    Pt Bi 6.7000 0.3710
    Au Sb 6.6580 0.3760
    Pd As 5.9830 0.3830
    Pd Sb 6.4590 0.3720
    Rh Se 6.0020 0.3800
    Zn S 5.9540 0.4010
    Cu S 5.7900 0.3950
  `,
};
