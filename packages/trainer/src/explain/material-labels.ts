import type { MaterialRecord } from '@bravais/datasets';
import type { MaterialLabels } from './explanation-report';

/** Names that sources give to a gap, eV, the first that is there. */
const GAPS = ['gap', 'optb88vdw_bandgap', 'bandGapEv'];
/** Names that sources give to the formation energy, eV/atom. */
const FORMATION_ENERGIES = ['e_form', 'formation_energy_peratom'];
/** Numbers of a list and settings of a calculation: no properties of a material. */
const NO_PROPERTIES: ReadonlySet<string> = new Set(['sg', 'encut', 'kpoint_length_unit']);
/** Fewer values than this teach a probe nothing. */
const FEWEST_VALUES = 30;

/** The labels of records that embeddings are measured and coloured by. */
export async function materialLabels(
  records: readonly MaterialRecord[],
  crystalSystemOf: (record: MaterialRecord) => Promise<string>,
): Promise<MaterialLabels> {
  const crystalSystem: (string | null)[] = [];
  for (const record of records) {
    const system = await crystalSystemOf(record);
    crystalSystem.push(system === 'unknown' ? null : system);
  }
  const column = (name: string): Float64Array =>
    Float64Array.from(records, ({ scalars }) => scalars[name] ?? Number.NaN);
  const names = [...new Set(records.flatMap(({ scalars }) => Object.keys(scalars)))].sort();
  return {
    crystalSystem,
    metallicity: records.map(({ scalars }) => {
      const gap = firstOf(scalars, GAPS);
      return gap === undefined ? null : gap > 0 ? 'insulator' : 'metal';
    }),
    formationEnergy: Float64Array.from(
      records,
      ({ scalars }) => firstOf(scalars, FORMATION_ENERGIES) ?? Number.NaN,
    ),
    properties: Object.fromEntries(
      names
        .filter((name) => !NO_PROPERTIES.has(name))
        .map((name) => [name, column(name)] as const)
        .filter(([, values]) => {
          const known = values.filter(Number.isFinite);
          return known.length >= FEWEST_VALUES && known.some((value) => value !== known[0]);
        }),
    ),
  };
}

function firstOf(scalars: Readonly<Record<string, number>>, names: readonly string[]): number | undefined {
  return names.map((name) => scalars[name]).find((value) => value !== undefined && Number.isFinite(value));
}
