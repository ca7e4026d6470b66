import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ferroelectric LiNbO3 and BiFeO3 (LiNbO3). */
export const lithiumNiobate: Prototype = {
  name: 'lithium-niobate',
  strukturbericht: null,
  example: 'LiNbO3',
  spaceGroupNumber: 161,
  lattice: 'hR',
  sites: [
    { wyckoff: '6a', species: 0, orbit: ['0,0,z1', '0,0,z1+1/2'] },
    { wyckoff: '6a', species: 1, orbit: ['0,0,z2', '0,0,z2+1/2'] },
    {
      wyckoff: '18b',
      species: 2,
      orbit: ['x,y,z3', '-y,x-y,z3', '-y,-x,z3+1/2', '-x+y,-x,z3', 'x,x-y,z3+1/2', '-x+y,y,z3+1/2'],
    },
  ],
  free: ['z1', 'z2', 'x', 'y', 'z3'],
  source: SOURCES.landoltBornstein,
  table: `
    Li Nb O 5.1483 13.8631 0.2787 0.0000 0.0492 0.3446 0.0647
    Li Ta O 5.1543 13.7835 0.2816 0.0000 0.0501 0.3436 0.0687
    Bi Fe O 5.5790 13.8690 0.0000 0.2212 0.4430 0.0120 0.9543
  `,
};
