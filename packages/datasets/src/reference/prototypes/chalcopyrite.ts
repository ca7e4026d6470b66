import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Chalcopyrite (CuFeS2, E1_1). */
export const chalcopyrite: Prototype = {
  name: 'chalcopyrite',
  strukturbericht: 'E1_1',
  example: 'CuFeS2',
  spaceGroupNumber: 122,
  lattice: 'tI',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,0,0', '0,1/2,1/4'] },
    { wyckoff: '4b', species: 1, orbit: ['0,0,1/2', '0,1/2,3/4'] },
    { wyckoff: '8d', species: 2, orbit: ['x,1/4,1/8', '1/4,-x,7/8', '-x,3/4,1/8', '1/4,x+1/2,3/8'] },
  ],
  free: ['x'],
  source: SOURCES.landoltBornstein,
  table: `
    Cu Fe S 5.2890 10.4230 0.2574
    Cu Al S 5.3340 10.4440 0.2680
    Cu Ga S 5.3490 10.4700 0.2539
    Cu In S 5.5230 11.1410 0.2145
    Cu Al Se 5.6020 10.9460 0.2600
    Cu Ga Se 5.6120 11.0320 0.2500
    Cu In Se 5.7820 11.6200 0.2240
    Cu Al Te 5.9640 11.7800 0.2500
    Cu Ga Te 6.0230 11.9400 0.2500
    Cu In Te 6.1950 12.4540 0.2250
    Ag Al S 5.7070 10.2800 0.3000
    Ag Ga S 5.7570 10.3040 0.2908
    Ag Al Se 5.9680 10.7700 0.2700
    Ag Ga Se 5.9920 10.8860 0.2760
    Ag Al Te 6.3090 11.8500 0.2600
    Ag Ga Te 6.3010 11.9620 0.2600
    Ag In S 5.8760 11.2010 0.2500
    Ag In Se 6.1020 11.6900 0.2580
    Ag In Te 6.4200 12.5900 0.2500
    Zn Si P 5.4000 10.4380 0.2691
    Zn Ge P 5.4650 10.7100 0.2582
    Zn Sn P 5.6510 11.3020 0.2390
    Cd Si P 5.6780 10.4310 0.2967
    Cd Ge P 5.7410 10.7750 0.2819
    Cd Sn P 5.9000 11.5180 0.2650
    Zn Si As 5.6060 10.8900 0.2658
    Zn Ge As 5.6720 11.1530 0.2500
    Zn Sn As 5.8510 11.7020 0.2310
    Cd Si As 5.8840 10.8820 0.2980
    Cd Ge As 5.9430 11.2170 0.2785
    Cd Sn As 6.0940 11.9180 0.2615
    Mg Si P 5.7210 10.0950 0.2920
  `,
};
