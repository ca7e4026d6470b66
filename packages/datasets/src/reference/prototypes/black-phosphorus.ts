import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Black phosphorus and gallium (P, A17). */
export const blackPhosphorus: Prototype = {
  name: 'black-phosphorus',
  strukturbericht: 'A17',
  example: 'P',
  spaceGroupNumber: 64,
  lattice: 'oC',
  sites: [{ wyckoff: '8f', species: 0, orbit: ['0,y,z', '0,-y,-z', '1/2,-y,z+1/2', '1/2,y,-z+1/2'] }],
  free: ['y', 'z'],
  source: SOURCES.wyckoff1,
  table: `
    P 3.3136 10.478 4.3763 0.1017 0.0806
    Ga 4.5192 7.6586 4.5258 0.1539 0.0810
  `,
};
