import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Ordered fcc alloy AB3 (Cu3Au, L1_2). */
export const auricupride: Prototype = {
  name: 'auricupride',
  strukturbericht: 'L1_2',
  example: 'Cu3Au',
  spaceGroupNumber: 221,
  lattice: 'cP',
  sites: [
    { wyckoff: '3c', species: 0, orbit: ['0,1/2,1/2', '1/2,0,1/2', '1/2,1/2,0'] },
    { wyckoff: '1a', species: 1, orbit: ['0,0,0'] },
  ],
  free: [],
  source: SOURCES.pearson,
  table: `
    Cu Au 3.7490
    Ni Al 3.5720
    Ni Ga 3.5850
    Ni Ge 3.5740
    Ni Si 3.5060
    Ni Fe 3.5550
    Ni Mn 3.5890
    Pt Fe 3.8680
    Pt Co 3.8310
    Pt Mn 3.9000
    Pt Cr 3.8760
    Pt Sn 4.0040
    Pt Zn 3.8930
    Pt Al 3.8760
    Pt Ga 3.8920
    Pt In 3.9920
    Pt Sc 3.9580
    Pt Y 4.0690
    Pt Ti 3.9040
    Fe Pt 3.7300
    Pd Sn 3.9760
    Pd Fe 3.8550
    Pd Pb 4.0220
    Pd Sc 3.9690
    Pd Y 4.0740
    Pd Ce 4.1340
    Pd La 4.2350
    Rh Ti 3.8230
    Rh Zr 3.9270
    Rh Hf 3.9120
    Rh V 3.7950
    Rh Nb 3.8650
    Rh Ta 3.8610
    Ir Ti 3.8450
    Ir Zr 3.9430
    Ir Hf 3.9350
    Ir V 3.8130
    Ir Nb 3.8900
    Ir Ta 3.8890
    Co Ti 3.6140
    Al Sc 4.1030
    Al Er 4.2150
    Al Yb 4.2000
    Al Lu 4.1870
    Al U 4.2600
    Ga U 4.2480
    Ga Lu 4.1800
    Ge U 4.2060
    Si U 4.0350
    Sn U 4.6260
    In U 4.6010
    Pb U 4.7920
    Sn La 4.7690
    Sn Ce 4.7220
    Sn Pr 4.7140
    Sn Nd 4.7050
    Sn Ca 4.7420
    Sn Yb 4.6810
    Pb La 4.9030
    Pb Ce 4.8760
    Pb Ca 4.9010
    Pb Y 4.8130
    In La 4.7320
    In Ce 4.6890
    In Pr 4.6710
    In Nd 4.6530
    In Gd 4.6070
    In Y 4.5930
    In Er 4.5640
    In Yb 4.6140
    In Sc 4.4790
    Tl Ca 4.8040
    Mn Pt 3.8330
    Mn Ir 3.7780
    Zr Al 4.3720
    Zn Ti 3.9322
    Hg Ti 4.1654
    Hg Zr 4.3652
  `,
};
