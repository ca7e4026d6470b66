import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Rock salt (NaCl, B1). */
export const rockSalt: Prototype = {
  name: 'rock-salt',
  strukturbericht: 'B1',
  example: 'NaCl',
  spaceGroupNumber: 225,
  lattice: 'cF',
  sites: [
    { wyckoff: '4a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '4b', species: 1, orbit: ['1/2,1/2,1/2'] },
  ],
  free: [],
  source: SOURCES.wyckoff1,
  table: `
    Li F 4.0270
    Li Cl 5.1396
    Li Br 5.5013
    Li I 6.0000
    Na F 4.6342
    Na Cl 5.6402
    Na Br 5.9732
    Na I 6.4728
    K F 5.3470
    K Cl 6.2931
    K Br 6.6005
    K I 7.0656
    Rb F 5.6400
    Rb Cl 6.5810
    Rb Br 6.8890
    Rb I 7.3420
    Cs F 6.0080
    Ag F 4.9200
    Ag Cl 5.5491
    Ag Br 5.7745
    Li H 4.0834
    Na H 4.8800
    K H 5.7000
    Rb H 6.0370
    Cs H 6.3760
    Mg O 4.2117
    Ca O 4.8105
    Sr O 5.1602
    Ba O 5.5393
    Mg S 5.2000
    Mg Se 5.4620
    Ca S 5.6948
    Ca Se 5.9240
    Ca Te 6.3560
    Sr S 6.0200
    Sr Se 6.2360
    Sr Te 6.6600
    Ba S 6.3875
    Ba Se 6.5930
    Ba Te 7.0010
    Mn O 4.4460
    Fe O 4.3260
    Co O 4.2615
    Ni O 4.1769
    Cd O 4.6953
    Eu O 5.1426
    Eu S 5.9680
    Eu Se 6.1950
    Eu Te 6.5980
    Yb O 4.8600
    Mn S 5.2240
    Mn Se 5.4640
    Pb S 5.9362
    Pb Se 6.1255
    Pb Te 6.4620
    Sn Te 6.3280
    Ti C 4.3280
    Zr C 4.6983
    Hf C 4.6390
    V C 4.1650
    Nb C 4.4698
    Ta C 4.4555
    Ti N 4.2410
    Zr N 4.5775
    Hf N 4.5250
    V N 4.1370
    Cr N 4.1490
    Nb N 4.3920
    Sc N 4.5010
    Y N 4.8770
    La N 5.3010
    Ce N 5.0200
    Gd N 4.9870
    Er N 4.8420
    Lu N 4.7660
    U N 4.8899
    U C 4.9605
    Th C 5.3460
    Th N 5.1590
    Pu N 4.9050
    Sc P 5.3120
    Sc As 5.4870
    Sc Sb 5.8590
    Y P 5.6610
    Y As 5.7860
    Y Sb 6.1650
    La P 6.0250
    La As 6.1370
    La Sb 6.4900
    La Bi 6.5780
    Ce As 6.0720
    Ce Sb 6.4120
    Pr Sb 6.3660
    Nd As 5.9700
    Nd Sb 6.3220
    Sm As 5.9210
    Sm Sb 6.2710
    Gd P 5.7290
    Gd As 5.8540
    Gd Sb 6.2170
    Tb Sb 6.1810
    Dy P 5.6530
    Dy Sb 6.1540
    Ho As 5.7710
    Ho Sb 6.1310
    Er P 5.6060
    Er As 5.7320
    Er Sb 6.1060
    Tm Sb 6.0870
    Lu P 5.5330
    Lu As 5.6800
    Lu Sb 6.0550
    U P 5.5890
    U As 5.7790
    U Sb 6.2030
    U S 5.4900
    U Se 5.7500
    U Te 6.1550
    Th As 5.9720
    Th Sb 6.3180
    Th S 5.6830
    Th Se 5.8800
    La S 5.8540
    La Se 6.0660
    La Te 6.4290
    Ce S 5.7780
    Nd S 5.6890
    Sm S 5.9700
    Sm Se 6.2000
    Sm Te 6.5940
    Gd S 5.5660
    Y S 5.4950
    Yb S 5.6870
    Yb Se 5.9320
    Yb Te 6.3610
    Tm Te 6.3460
  `,
};
