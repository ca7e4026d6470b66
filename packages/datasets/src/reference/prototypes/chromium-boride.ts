import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Chromium boride and thallium iodide (CrB, B33). */
export const chromiumBoride: Prototype = {
  name: 'chromium-boride',
  strukturbericht: 'B33',
  example: 'CrB',
  spaceGroupNumber: 63,
  lattice: 'oC',
  sites: [
    { wyckoff: '4c', species: 0, orbit: ['0,y1,1/4', '0,-y1,3/4'] },
    { wyckoff: '4c', species: 1, orbit: ['0,y2,1/4', '0,-y2,3/4'] },
  ],
  free: ['y1', 'y2'],
  source: SOURCES.pearson,
  table: `
    Cr B 2.9690 7.8580 2.9320 0.1460 0.4400
    Nb B 3.2970 8.7240 3.1660 0.1460 0.4440
    Ta B 3.2760 8.6690 3.1570 0.1460 0.4400
    V B 3.0580 8.0260 2.9710 0.1470 0.4390
    Ca Si 4.5590 10.7310 3.8900 0.1400 0.4300
    Ca Ge 4.5750 10.8450 4.0010 0.1400 0.4300
    Ba Si 5.0430 11.9700 4.1420 0.1400 0.4300
    Ba Ge 5.0570 11.9420 4.2990 0.1400 0.4300
    Ba Sn 5.3160 12.4800 4.6570 0.1400 0.4250
    Y Al 3.8840 11.5220 4.3850 0.1450 0.4260
    Zr Ni 3.2680 9.9370 4.1010 0.1390 0.4180
    Hf Ni 3.2200 9.8200 4.1200 0.1390 0.4180
    Zr Pt 3.4090 10.3150 4.2770 0.1400 0.4180
    La Ni 3.9070 10.8100 4.3960 0.1360 0.4280
    Tl I 4.5700 12.9200 5.2400 0.1080 0.3670
    In Br 4.4660 12.3700 4.7400 0.1080 0.3600
    In I 4.7500 12.7600 4.9100 0.1020 0.3550
  `,
};
