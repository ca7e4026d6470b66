import { BAND_GAPS } from './band-gaps';
import { BULK_MODULI } from './bulk-moduli';
import { FACT_SOURCES } from './fact-sources';
import { MOHS_HARDNESSES, VICKERS_HARDNESSES } from './hardnesses';

/** Measured properties that the reference set knows of some crystals, each with its unit in the name. */
export type MeasuredProperty = 'bandGapEv' | 'bulkModulusGPa' | 'mohsHardness' | 'vickersHardnessGPa';

/** One measured value and where it is published. */
export interface MeasuredFact {
  readonly value: number;
  /** Book or paper. */
  readonly source: string;
}

/** What is measured of one crystal. */
export type MeasuredFacts = Readonly<Partial<Record<MeasuredProperty, MeasuredFact>>>;

const TABLES: Readonly<Record<MeasuredProperty, string>> = {
  bandGapEv: BAND_GAPS,
  bulkModulusGPa: BULK_MODULI,
  mohsHardness: MOHS_HARDNESSES,
  vickersHardnessGPa: VICKERS_HARDNESSES,
};

/**
 * Measured properties by crystal, `ref-<structure type>-<formula>`.
 *
 * @throws RangeError where a row names no source, no number or a crystal twice
 */
export function measuredFacts(): Map<string, MeasuredFacts> {
  const facts = new Map<string, Partial<Record<MeasuredProperty, MeasuredFact>>>();
  for (const [property, table] of Object.entries(TABLES) as [MeasuredProperty, string][]) {
    for (const row of table.trim().split('\n')) {
      const [prototype, formula, number, key = ''] = row.split(' ');
      const id = `ref-${prototype}-${formula}`;
      const [value, source] = [Number(number), FACT_SOURCES[key]];
      const known = facts.get(id) ?? {};
      if (!(value > 0) || source === undefined || known[property] !== undefined) {
        throw new RangeError(
          `facts: type, formula, positive number and a known source, once a crystal, expected, got "${row}" for ${property}.`,
        );
      }
      known[property] = { value, source };
      facts.set(id, known);
    }
  }
  return facts;
}
