import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** ThCr2Si2 and BaAl4 (ThCr2Si2, D1_3). */
export const thoriumDichromiumDisilicide: Prototype = {
  name: 'thorium-dichromium-disilicide',
  strukturbericht: 'D1_3',
  example: 'ThCr2Si2',
  spaceGroupNumber: 139,
  lattice: 'tI',
  sites: [
    { wyckoff: '2a', species: 0, orbit: ['0,0,0'] },
    { wyckoff: '4d', species: 1, orbit: ['0,1/2,1/4', '0,1/2,3/4'] },
    { wyckoff: '4e', species: 2, orbit: ['0,0,z', '0,0,-z'] },
  ],
  free: ['z'],
  source: SOURCES.pearson,
  table: `
    Ba Fe As 3.9625 13.0168 0.3545
    Sr Fe As 3.9243 12.3644 0.3600
    Ca Fe As 3.8720 11.7300 0.3665
    K Fe As 3.8410 13.8610 0.3525
    Eu Fe As 3.9062 12.1247 0.3625
    Ca Fe P 3.8550 9.9850 0.3640
    Sr Fe P 3.8250 11.6120 0.3521
    Ba Fe P 3.8400 12.4420 0.3456
    Ba Ni As 4.1120 11.5400 0.3476
    Sr Ni As 4.1540 10.2300 0.3634
    Ba Co As 3.9580 12.6700 0.3509
    Ba Mn As 4.1686 13.4730 0.3613
    Ba Cr As 3.9630 13.6000 0.3615
    Ce Cu Si 4.1020 9.9300 0.3790
    Ce Ni Si 4.0370 9.5740 0.3760
    Ce Ru Si 4.1920 9.7800 0.3650
    Ce Rh Si 4.0900 10.1800 0.3740
    Ce Pd Si 4.2410 9.8820 0.3790
    U Ru Si 4.1280 9.5820 0.3710
    Th Cr Si 4.0430 10.5770 0.3740
    La Ru Si 4.2150 9.9300 0.3660
    Ce Ni Ge 4.1500 9.8540 0.3690
    Ce Cu Ge 4.1700 10.2100 0.3790
    Ca Co P 3.8580 9.5930 0.3720
    Sr Co P 3.7940 11.6100 0.3525
    K Co Se 3.8700 13.6980 0.3510
    K Ni Se 3.9090 13.4100 0.3540
    K Fe Se 3.9140 14.0370 0.3540
    Tl Co Se 3.8470 13.5400 0.3550
    Ba Zn P 4.0190 13.2280 0.3600
    U Co Si 3.9170 9.6140 0.3740
    Ba Al Al 4.5660 11.2780 0.3800
    Sr Al Al 4.4630 11.2100 0.3850
    Ca Al Al 4.3600 11.0900 0.3880
    Sr Ga Ga 4.4470 10.7300 0.3830
    Ba Ga Ga 4.5660 10.7850 0.3830
    Eu Al Al 4.3950 11.1610 0.3850
  `,
};
