import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Layers of edge-sharing octahedra (CdI2, C6). */
export const cadmiumIodide: Prototype = {
  name: 'cadmium-iodide',
  strukturbericht: 'C6',
  example: 'CdI2',
  spaceGroupNumber: 164,
  lattice: 'hP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '2d', species: 1, orbit: ['1/3,2/3,z', '2/3,1/3,-z'] },
  ],
  free: ['z'],
  source: SOURCES.wyckoff1,
  table: `
    Cd I 4.2440 6.8590 0.2492
    Mg Br 3.8100 6.2600 0.2500
    Mg I 4.1500 6.8800 0.2500
    Ca I 4.4900 6.9750 0.2500
    Mn Br 3.8680 6.2720 0.2500
    Mn I 4.1460 6.8290 0.2500
    Fe Br 3.7760 6.2270 0.2500
    Fe I 4.0300 6.7560 0.2500
    Co I 3.9600 6.6500 0.2500
    Pb I 4.5570 6.9790 0.2675
    Ti S 3.4073 5.6953 0.2501
    Ti Se 3.5400 6.0080 0.2550
    Ti Te 3.7770 6.4980 0.2628
    Zr S 3.6620 5.8130 0.2500
    Zr Se 3.7710 6.1380 0.2550
    Zr Te 3.9520 6.6600 0.2600
    Hf S 3.6300 5.8550 0.2500
    Hf Se 3.7480 6.1590 0.2550
    Hf Te 3.9490 6.6510 0.2600
    Ta S 3.3649 5.8971 0.2550
    V Se 3.3530 6.1010 0.2570
    Sn S 3.6486 5.8992 0.2460
    Sn Se 3.8110 6.1370 0.2500
    Pt S 3.5432 5.0388 0.2430
    Pt Se 3.7278 5.0813 0.2550
    Pt Te 4.0259 5.2209 0.2540
    Ni Te 3.8542 5.2604 0.2500
    Pd Te 4.0365 5.1262 0.2630
  `,
};
