import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ferroelectric tetragonal perovskite (PbTiO3). */
export const tetragonalPerovskite: Prototype = {
  name: 'tetragonal-perovskite',
  strukturbericht: null,
  example: 'PbTiO3',
  spaceGroupNumber: 99,
  lattice: 'tP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '1b', species: 1, orbit: ['1/2,1/2,z1'] },
    { wyckoff: '1b', species: 2, orbit: ['1/2,1/2,z2'] },
    { wyckoff: '2c', species: 2, orbit: ['1/2,0,z3', '0,1/2,z3'] },
  ],
  free: ['z1', 'z2', 'z3'],
  source: SOURCES.landoltBornstein,
  table: `
    Pb Ti O 3.9040 4.1520 0.5377 0.1118 0.6174
    Ba Ti O 3.9945 4.0335 0.5135 0.9750 0.4850
  `,
};
