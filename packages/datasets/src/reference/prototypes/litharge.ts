import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Litharge and iron selenide (PbO, B10). */
export const litharge: Prototype = {
  name: 'litharge',
  strukturbericht: 'B10',
  example: 'PbO',
  spaceGroupNumber: 129,
  lattice: 'tP',
  sites: [
    { wyckoff: '2c', species: 0, orbit: ['1/4,1/4,z', '3/4,3/4,-z'] },
    { wyckoff: '2a', species: 1, orbit: ['3/4,1/4,0', '1/4,3/4,0'] },
  ],
  free: ['z'],
  source: SOURCES.wyckoff1,
  table: `
    Pb O 3.9759 5.0230 0.2385
    Sn O 3.8029 4.8382 0.2383
    Se Fe 3.7734 5.5258 0.2672
    Te Fe 3.8250 6.2700 0.2829
    S Fe 3.6740 5.0330 0.2602
  `,
};
