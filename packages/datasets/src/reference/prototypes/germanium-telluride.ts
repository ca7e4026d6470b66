import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ferroelectric distortion of rock salt (GeTe). */
export const germaniumTelluride: Prototype = {
  name: 'germanium-telluride',
  strukturbericht: null,
  example: 'GeTe',
  spaceGroupNumber: 160,
  lattice: 'hR',
  sites: [
    { wyckoff: '3a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '3a', species: 1, orbit: ['0,0,z'] },
  ],
  free: ['z'],
  source: SOURCES.landoltBornstein,
  table: `
    Ge Te 4.1640 10.6900 0.5240
  `,
};
