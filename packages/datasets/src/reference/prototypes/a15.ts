import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Chains of the A15 superconductors (Cr3Si, A15). */
export const a15: Prototype = {
  name: 'a15',
  strukturbericht: 'A15',
  example: 'Cr3Si',
  spaceGroupNumber: 223,
  lattice: 'cP',
  sites: [
    {
      wyckoff: '6c',
      species: 0,
      orbit: ['1/4,0,1/2', '3/4,0,1/2', '1/2,3/4,0', '1/2,1/4,0', '0,1/2,3/4', '0,1/2,1/4'],
    },
    { wyckoff: '2a', species: 1, orbit: ['0,0,0', '1/2,1/2,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    V Si 4.7250
    Nb Sn 5.2900
    Nb Al 5.1870
    Nb Ge 5.1680
    V Ga 4.8190
    V Ge 4.7820
    Nb Ga 5.1710
    Cr Si 4.5560
    Mo Si 4.8930
    Mo Ge 4.9330
    Mo Al 4.9500
    Cr Ge 4.6320
    Cr Ga 4.6450
    V Sn 4.9800
    V As 4.7500
    V Sb 4.9410
    V Pt 4.8170
    V Ir 4.7860
    V Rh 4.7840
    V Au 4.8800
    V Co 4.6760
    Nb Pt 5.1530
    Nb Au 5.2020
    Nb Ir 5.1350
    Nb Os 5.1350
    Nb Rh 5.1320
    Nb Sb 5.2620
    Ti Au 5.0970
    Ti Ir 5.0070
    Ti Pt 5.0320
    Ti Hg 5.1890
    Ti Sb 5.2190
    Cr Ir 4.6780
    Cr Pt 4.7110
    Cr Rh 4.6740
    Cr Ru 4.6830
    Mo Ir 4.9700
    Mo Os 4.9730
    Ta Sn 5.2780
  `,
};
