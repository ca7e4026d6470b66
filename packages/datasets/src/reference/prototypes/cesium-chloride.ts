import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Caesium chloride and ordered bcc alloys (CsCl, B2). */
export const cesiumChloride: Prototype = {
  name: 'cesium-chloride',
  strukturbericht: 'B2',
  example: 'CsCl',
  spaceGroupNumber: 221,
  lattice: 'cP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '1b', species: 1, orbit: ['1/2,1/2,1/2'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Cs Cl 4.1230
    Cs Br 4.2950
    Cs I 4.5679
    Tl Cl 3.8348
    Tl Br 3.9842
    Ni Al 2.8870
    Co Al 2.8620
    Fe Al 2.9090
    Cu Zn 2.9539
    Au Zn 3.1485
    Ag Zn 3.1560
    Mg Ag 3.3124
    Mg Au 3.2660
    Mg Hg 3.4480
    Be Cu 2.7020
    Be Co 2.6110
    Be Ni 2.6210
    Be Pd 2.8130
    Ti Fe 2.9760
    Ti Co 2.9940
    Ti Ni 3.0150
    Ti Ru 3.0670
    Ti Os 3.0770
    Zr Co 3.1970
    Hf Co 3.1640
    Zr Ru 3.2530
    Hf Ru 3.2250
    Zr Os 3.2630
    Hf Os 3.2360
    V Ru 2.9800
    Sc Co 3.1450
    Sc Ni 3.1710
    Sc Cu 3.2560
    Sc Ru 3.2030
    Sc Rh 3.2060
    Sc Pd 3.2830
    Sc Pt 3.2680
    Sc Ag 3.4120
    Sc Au 3.3700
    Y Cu 3.4770
    Y Ag 3.6196
    Y Au 3.5590
    Y Rh 3.4100
    Y Zn 3.5770
    Y Cd 3.7190
    Y Mg 3.8060
    La Mg 3.9650
    Ce Mg 3.9010
    Gd Mg 3.8240
    Dy Mg 3.7760
    La Zn 3.7600
    Ce Zn 3.7040
    Pr Zn 3.6780
    Gd Zn 3.6020
    La Cd 3.9050
    Nd Ag 3.7140
    Li Ag 3.1680
    Li Hg 3.2870
    Li Tl 3.4310
    Sr Tl 4.0380
    Ca Tl 3.8510
    Ca Hg 3.7580
    Sr Hg 3.9300
    Ba Hg 4.1250
    Ca Cd 3.8240
    Sr Cd 4.0110
    Ba Cd 4.2150
    Sr Mg 3.9000
    Mg Tl 3.6350
    In Pd 3.2460
    Ga Co 2.8800
    Ga Ni 2.8870
    Ga Rh 3.0070
    Ga Ru 3.0100
    Al Rh 2.9860
    Al Ir 2.9830
    Al Os 3.0050
    Al Pd 3.0490
    Fe Rh 2.9870
    Si Ru 2.9090
    Si Os 2.9600
  `,
};
