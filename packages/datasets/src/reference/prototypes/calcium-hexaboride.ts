import type { Prototype } from '../prototype';
import { SOURCES } from '../sources';

/** Boron octahedra in a caesium-chloride array (CaB6, D2_1). */
export const calciumHexaboride: Prototype = {
  name: 'calcium-hexaboride',
  strukturbericht: 'D2_1',
  example: 'CaB6',
  spaceGroupNumber: 221,
  lattice: 'cP',
  sites: [
    { wyckoff: '1a', species: 0, orbit: ['0,0,0'] },
    {
      wyckoff: '6f',
      species: 1,
      orbit: ['x,1/2,1/2', '-x,1/2,1/2', '1/2,x,1/2', '1/2,-x,1/2', '1/2,1/2,x', '1/2,1/2,-x'],
    },
  ],
  free: ['x'],
  source: SOURCES.pearson,
  table: `
    Ca B 4.1450 0.2010
    Sr B 4.1980 0.2030
    Ba B 4.2680 0.2050
    La B 4.1560 0.1993
    Ce B 4.1400 0.1992
    Pr B 4.1320 0.1990
    Nd B 4.1260 0.1989
    Sm B 4.1330 0.2018
    Eu B 4.1850 0.2027
    Gd B 4.1070 0.1990
    Tb B 4.1020 0.1989
    Y B 4.1000 0.1990
    Yb B 4.1440 0.2020
    Th B 4.1110 0.1990
  `,
};
