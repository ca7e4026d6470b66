import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Cubic Laves phase (MgCu2, C15). */
export const cubicLaves: Prototype = {
  name: 'cubic-laves',
  strukturbericht: 'C15',
  example: 'MgCu2',
  spaceGroupNumber: 227,
  lattice: 'cF',
  sites: [
    { wyckoff: '8a', species: 0, orbit: ['1/8,1/8,1/8', '7/8,7/8,7/8'] },
    { wyckoff: '16d', species: 1, orbit: ['1/2,1/2,1/2', '1/2,3/4,3/4', '1/4,3/4,0', '3/4,1/2,3/4'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Mg Cu 7.0340
    Ca Al 8.0400
    Y Al 7.8600
    La Al 8.1480
    Ce Al 8.0600
    Pr Al 8.0250
    Nd Al 8.0000
    Sm Al 7.9430
    Gd Al 7.9000
    Tb Al 7.8650
    Dy Al 7.8400
    Ho Al 7.8150
    Er Al 7.7950
    Tm Al 7.7770
    Lu Al 7.7420
    Sc Al 7.5780
    U Al 7.7660
    Zr Co 6.9510
    Hf Co 6.9080
    Nb Co 6.7580
    Ta Co 6.7350
    Ti Co 6.7060
    Sc Co 6.9210
    Y Co 7.2150
    Gd Co 7.2550
    Zr Fe 7.0700
    Y Fe 7.3570
    Gd Fe 7.3960
    Tb Fe 7.3470
    Dy Fe 7.3250
    Ho Fe 7.3040
    Er Fe 7.2830
    Tm Fe 7.2470
    Lu Fe 7.2220
    Ce Fe 7.3040
    U Fe 7.0580
    U Co 6.9920
    Ce Ru 7.5360
    La Ru 7.7020
    Ca Rh 7.5250
    Sr Rh 7.7060
    Ca Pt 7.6290
    Sr Pt 7.7770
    Y Pt 7.5900
    La Rh 7.6460
    Ce Rh 7.5380
    La Ir 7.6860
    Ce Ir 7.5710
    Th Ru 7.6490
    Zr V 7.4390
    Hf V 7.3860
    Zr Mo 7.5960
    Hf Mo 7.5550
    Zr W 7.6150
    Na Au 7.8030
    K Bi 9.5010
    Rb Bi 9.6010
    Cs Bi 9.7460
    Na Ag 7.9230
    Pb Au 7.9270
    La Mg 8.7740
    Ce Mg 8.7330
    Nb Cr 6.9910
  `,
};
