import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Linear mercurous molecules (Hg2Cl2, D3_1). */
export const calomel: Prototype = {
  name: 'calomel',
  strukturbericht: 'D3_1',
  example: 'Hg2Cl2',
  spaceGroupNumber: 139,
  lattice: 'tI',
  sites: [
    { wyckoff: '4e', species: 0, orbit: ['0,0,z1', '0,0,-z1'] },
    { wyckoff: '4e', species: 1, orbit: ['0,0,z2', '0,0,-z2'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.wyckoff1,
  table: `
    Hg Cl 4.4780 10.9100 0.1190 0.3370
    Hg Br 4.6500 11.1000 0.1160 0.3430
    Hg I 4.9200 11.6100 0.1170 0.3530
  `,
};
