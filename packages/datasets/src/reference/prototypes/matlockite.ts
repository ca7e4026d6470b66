import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Matlockite: mixed-anion layers, ZrSiS, LiFeAs and Cu2Sb (PbFCl, E0_1). */
export const matlockite: Prototype = {
  name: 'matlockite',
  strukturbericht: 'E0_1',
  example: 'PbFCl',
  spaceGroupNumber: 129,
  lattice: 'tP',
  sites: [
    { wyckoff: '2c', species: 0, orbit: ['1/4,1/4,z1', '3/4,3/4,-z1'] },
    { wyckoff: '2a', species: 1, orbit: ['3/4,1/4,0', '1/4,3/4,0'] },
    { wyckoff: '2c', species: 2, orbit: ['1/4,1/4,z2', '3/4,3/4,-z2'] },
  ],
  free: ['z1', 'z2'],
  source: SOURCES.wyckoff1,
  table: `
    Pb F Cl 4.1100 7.2300 0.2058 0.6497
    Ba F Cl 4.3940 7.2250 0.2049 0.6472
    Sr F Cl 4.1260 6.9580 0.2015 0.6429
    Ca F Cl 3.8940 6.8180 0.1962 0.6432
    Ba F Br 4.5080 7.4410 0.1911 0.6497
    Ba F I 4.6540 7.9620 0.1704 0.6522
    Sr F Br 4.2180 7.3370 0.1859 0.6479
    Bi O Cl 3.8870 7.3540 0.1710 0.6450
    Bi O Br 3.9260 8.1030 0.1540 0.6530
    Bi O I 3.9940 9.1490 0.1320 0.6680
    La O Cl 4.1190 6.8830 0.1778 0.6352
    Pr O Cl 4.0510 6.8100 0.1800 0.6360
    Nd O Cl 4.0400 6.7700 0.1800 0.6370
    Sm O Cl 3.9820 6.7210 0.1700 0.6300
    Gd O Cl 3.9500 6.6720 0.1700 0.6300
    Y O Cl 3.9030 6.5970 0.1700 0.6300
    La O Br 4.1590 7.3920 0.1640 0.6350
    La O I 4.1440 9.1260 0.1350 0.6600
    Th O S 3.9630 6.7460 0.2000 0.6470
    Zr Si S 3.5440 8.0550 0.2725 0.6225
    Zr Si Te 3.6920 9.4990 0.2300 0.6500
    Cu Cu Sb 3.9920 6.0910 0.7300 0.3000
    Mn Mn Sb 4.0780 6.5570 0.7103 0.2793
    Mn Mn As 3.7690 6.2780 0.6700 0.2650
    Fe Fe As 3.6270 5.9730 0.6700 0.2650
    Cr Cr As 3.6200 6.3460 0.6750 0.2750
    Li Fe As 3.7760 6.3570 0.6541 0.2365
    Na Fe As 3.9494 7.0396 0.6460 0.2028
  `,
};
