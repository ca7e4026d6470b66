import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Marcasite and loellingite (FeS2, C18). */
export const marcasite: Prototype = {
  name: 'marcasite',
  strukturbericht: 'C18',
  example: 'FeS2',
  spaceGroupNumber: 58,
  lattice: 'oP',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0', '1/2,1/2,1/2'] },
    { wyckoff: '4g', species: 1, orbit: ['x,y,0', '-x,-y,0', 'x+1/2,-y+1/2,1/2', '-x+1/2,y+1/2,1/2'] },
  ],
  free: ['x', 'y'],
  source: SOURCES.wyckoff1,
  table: `
    Fe S 4.4430 5.4230 3.3880 0.2000 0.3780
    Fe Se 4.8000 5.7820 3.5830 0.2130 0.3690
    Fe Te 5.2650 6.2670 3.8730 0.2240 0.3620
    Ni As 4.7580 5.7970 3.5440 0.2170 0.3690
    Ni Sb 5.1837 6.3184 3.8408 0.2189 0.3608
    Fe As 5.3012 5.9858 2.8822 0.1763 0.3624
    Fe Sb 5.8328 6.5376 3.1973 0.1885 0.3561
    Fe P 4.9729 5.6568 2.7230 0.1683 0.3693
    Ru P 5.1170 5.8920 2.8710 0.1600 0.3700
    Ru Sb 5.9510 6.6740 3.1790 0.1800 0.3600
    Os P 5.1012 5.9022 2.9183 0.1600 0.3700
    Os As 5.4115 6.1900 3.0127 0.1700 0.3650
    Os Sb 5.9411 6.6873 3.2109 0.1800 0.3600
    Cr Sb 6.0280 6.8740 3.2720 0.1769 0.3600
    Ca Cl 6.2590 6.4440 4.1700 0.2750 0.3250
  `,
};
