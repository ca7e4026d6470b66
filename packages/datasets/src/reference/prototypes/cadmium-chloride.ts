import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Layers of edge-sharing octahedra in cubic stacking (CdCl2, C19). */
export const cadmiumChloride: Prototype = {
  name: 'cadmium-chloride',
  strukturbericht: 'C19',
  example: 'CdCl2',
  spaceGroupNumber: 166,
  lattice: 'hR',
  sites: [
    { wyckoff: '3a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '6c', species: 1, orbit: ['0,0,z', '0,0,-z'] },
  ],
  free: ['z'],
  source: SOURCES.wyckoff1,
  table: `
    Cd Cl 3.8460 17.4790 0.2519
    Mg Cl 3.6360 17.6660 0.2578
    Mn Cl 3.7110 17.5900 0.2566
    Fe Cl 3.5980 17.5360 0.2543
    Co Cl 3.5530 17.3590 0.2558
    Ni Cl 3.4830 17.4000 0.2554
    Ni Br 3.7080 18.3000 0.2575
    Ni I 3.9220 19.8080 0.2594
    Cd Br 3.9850 18.8410 0.2530
    O Cs 4.2560 18.9920 0.2560
  `,
};
