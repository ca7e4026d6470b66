import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Nine-layer close packing of samarium (Sm, C19). */
export const samarium: Prototype = {
  name: 'samarium',
  strukturbericht: 'C19',
  example: 'Sm',
  spaceGroupNumber: 166,
  lattice: 'hR',
  sites: [
    { wyckoff: '3a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '6c', species: 0, orbit: ['0,0,z', '0,0,-z'] },
  ],
  free: ['z'],
  source: SOURCES.pearson,
  table: `
    Sm 3.6290 26.207 0.2222
  `,
};
