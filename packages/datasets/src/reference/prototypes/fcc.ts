import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Face-centred cubic metal (Cu, A1). */
export const fcc: Prototype = {
  name: 'fcc',
  strukturbericht: 'A1',
  example: 'Cu',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [{ wyckoff: '4a', species: 0, orbit: ['0,0,0'] }],
  free: [],
  source: SOURCES.pearson,
  table: `
    Al 4.0495
    Cu 3.6149
    Ag 4.0862
    Au 4.0782
    Ni 3.5240
    Pd 3.8907
    Pt 3.9242
    Rh 3.8032
    Ir 3.8392
    Pb 4.9508
    Ca 5.5884
    Sr 6.0849
    Ce 5.1610
    Yb 5.4848
    Th 5.0842
  `,
};
