import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Hexagonal close-packed metal (Mg, A3). */
export const hcp: Prototype = {
  name: 'hcp',
  strukturbericht: 'A3',
  example: 'Mg',
  spaceGroupNumber: 194,
  lattice: 'hP',
  sites: [{ wyckoff: '2c', species: 0, orbit: ['1/3,2/3,1/4', '2/3,1/3,3/4'] }],
  free: [],
  source: SOURCES.pearson,
  table: `
    Be 2.2859 3.5845
    Mg 3.2094 5.2107
    Sc 3.3088 5.2680
    Y 3.6482 5.7318
    Ti 2.9508 4.6855
    Zr 3.2316 5.1475
    Hf 3.1946 5.0511
    Tc 2.738 4.393
    Re 2.7608 4.4580
    Ru 2.7058 4.2816
    Os 2.7348 4.3193
    Co 2.5071 4.0695
    Zn 2.6650 4.9470
    Cd 2.9794 5.6186
    Tl 3.4563 5.5263
    Gd 3.6336 5.7810
    Tb 3.6055 5.6966
    Dy 3.5915 5.6501
    Ho 3.5778 5.6178
    Er 3.5592 5.5850
    Tm 3.5375 5.5540
    Lu 3.5052 5.5494
  `,
};
