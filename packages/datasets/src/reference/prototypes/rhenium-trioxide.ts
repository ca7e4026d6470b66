import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Cubic corner-sharing octahedra (ReO3, D0_9). */
export const rheniumTrioxide: Prototype = {
  name: 'rhenium-trioxide',
  strukturbericht: 'D0_9',
  example: 'ReO3',
  spaceGroupNumber: 221,
  lattice: 'cP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '3d', species: 1, orbit: ['1/2,0,0', '0,1/2,0', '0,0,1/2'] },
  ],
  free: [],
  source: SOURCES.wyckoff2,
  table: `
    Re O 3.7480
    Sc F 4.0110
    N Cu 3.8150
    N Na 4.7330
  `,
};
