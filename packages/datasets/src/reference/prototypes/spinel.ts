import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Normal spinel (MgAl2O4, H1_1). */
export const spinel: Prototype = {
  name: 'spinel',
  strukturbericht: 'H1_1',
  example: 'MgAl2O4',
  spaceGroupNumber: 227,
  lattice: 'cF',
  sites: [
    { wyckoff: '8a', species: 0, orbit: ['1/8,1/8,1/8', '7/8,7/8,7/8'] },
    { wyckoff: '16d', species: 1, orbit: ['1/2,1/2,1/2', '1/2,3/4,3/4', '1/4,3/4,0', '3/4,1/2,3/4'] },
    {
      wyckoff: '32e',
      species: 2,
      orbit: [
        'x,x,x',
        '-x,-x,-x',
        '-x,x+1/4,x+1/4',
        'x,-x+1/4,-x+1/4',
        '-x+3/4,-x+1/4,x+1/2',
        'x+3/4,x+1/4,-x+1/2',
        'x+1/4,-x,x+1/4',
        '-x+1/4,x,-x+1/4',
      ],
    },
  ],
  free: ['x'],
  source: SOURCES.wyckoff3,
  table: `
    Mg Al O 8.0806 0.2624
    Zn Al O 8.0860 0.2640
    Fe Al O 8.1490 0.2630
    Co Al O 8.1060 0.2635
    Mn Al O 8.2580 0.2650
    Zn Fe O 8.4410 0.2604
    Cd Fe O 8.7000 0.2675
    Mg Cr O 8.3330 0.2612
    Zn Cr O 8.3270 0.2616
    Fe Cr O 8.3780 0.2630
    Co Cr O 8.3330 0.2614
    Mn Cr O 8.4370 0.2640
    Cd Cr O 8.6000 0.2670
    Co Co O 8.0840 0.2633
    Li Mn O 8.2480 0.2632
    Li Ti O 8.4050 0.2628
    Li V O 8.2400 0.2612
    Mg V O 8.4130 0.2602
    Zn V O 8.4030 0.2604
    Zn Rh O 8.5100 0.2630
    Zn Ga O 8.3340 0.2614
    Zn Co O 8.0946 0.2640
    Cd In S 10.8450 0.2610
    Fe Cr S 9.9950 0.2590
    Mn Cr S 10.1100 0.2630
    Zn Cr S 9.9860 0.2590
    Cd Cr S 10.2400 0.2640
    Cd Cr Se 10.7450 0.2640
    Zn Cr Se 10.4970 0.2599
    Hg Cr S 10.2350 0.2660
    Cu Cr S 9.8130 0.2590
    Cu Cr Se 10.3370 0.2590
    Cu Rh S 9.7900 0.2590
    Cu V S 9.8080 0.2600
    Cu Co S 9.4740 0.2590
    Co Co S 9.4055 0.2600
    Ni Ni S 9.4890 0.2600
    Mg Sc S 10.6270 0.2560
    Mn Sc S 10.6230 0.2570
    Ge Fe O 8.4110 0.2460
    Ge Co O 8.3180 0.2480
    Ge Ni O 8.2210 0.2485
    Si Mg O 8.0650 0.2435
    W Na O 9.1297 0.2385
    Mo Na O 9.1080 0.2372
  `,
};
