/** Compendia that tabulate the experimental constants of the reference set. */
export const SOURCES: {
  readonly crc: string;
  readonly landoltBornstein: string;
  readonly pearson: string;
  readonly wyckoff1: string;
  readonly wyckoff2: string;
  readonly wyckoff3: string;
} = {
  crc: 'CRC Handbook of Chemistry and Physics (CRC Press)',
  landoltBornstein: 'Landolt-Börnstein, New Series, Group III (Springer)',
  pearson:
    "Villars and Calvert, Pearson's Handbook of Crystallographic Data for Intermetallic Phases, 2nd ed. (ASM 1991)",
  wyckoff1: 'Wyckoff, Crystal Structures, 2nd ed., vol. 1 (Wiley 1963)',
  wyckoff2: 'Wyckoff, Crystal Structures, 2nd ed., vol. 2 (Wiley 1964)',
  wyckoff3: 'Wyckoff, Crystal Structures, 2nd ed., vol. 3 (Wiley 1965)',
};
