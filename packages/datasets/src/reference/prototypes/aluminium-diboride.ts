import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Aluminium diboride (AlB2, C32). */
export const aluminiumDiboride: Prototype = {
  name: 'aluminium-diboride',
  strukturbericht: 'C32',
  example: 'AlB2',
  spaceGroupNumber: 191,
  lattice: 'hP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '2d', species: 1, orbit: ['1/3,2/3,1/2', '2/3,1/3,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Al B 3.0050 3.2570
    Mg B 3.0860 3.5240
    Ti B 3.0300 3.2280
    Zr B 3.1690 3.5300
    Hf B 3.1420 3.4760
    V B 2.9980 3.0560
    Nb B 3.0850 3.3110
    Ta B 3.0970 3.2250
    Cr B 2.9720 3.0660
    Mo B 3.0400 3.0600
    Mn B 3.0070 3.0370
    Sc B 3.1480 3.5160
    Y B 3.3030 3.8420
    Tb B 3.2800 3.8600
    Dy B 3.2850 3.8350
    Ho B 3.2700 3.8100
    Er B 3.2700 3.7900
    Lu B 3.2460 3.7040
    U B 3.1310 3.9870
    Ca Ga 4.3230 4.3230
    Sr Ga 4.3490 4.7370
    Ba Ga 4.4320 5.0660
    La Ga 4.3200 4.4160
    Ce Ga 4.3210 4.3200
    Pr Ga 4.2720 4.2980
    Eu Ga 4.3450 4.5200
    Th Al 4.3930 4.1640
  `,
};
