import { join } from 'node:path';
import { DataError } from '../data-error';
import { readCif } from '../formats/cif/read-cif';
import type { Structure } from '../structure/structure';
import { type JsonLine, readJsonLines } from './json-lines';
import { numbersField, stringField, wordField } from './record-fields';

/** A measured ionic conductivity at room temperature, or a bound on it. */
export interface MeasuredConductivity {
  /** log₁₀ of σ in S/cm: the value, or the bound. */
  readonly log10SPerCm: number;
  /** `below`: σ is smaller than this, `above`: larger. */
  readonly bound: 'exact' | 'below' | 'above';
}

/** One lithium solid electrolyte. */
export interface ConductivityRecord {
  readonly id: string;
  /** Authors' split: similar compositions stay together. */
  readonly split: 'train' | 'test';
  readonly formula: string;
  /** As measured, with fractions: `Li7.0Bi1.0O6.0`. */
  readonly composition: string;
  readonly conductivity: MeasuredConductivity;
  readonly spaceGroupNumber: number;
  /** a, b, c in Å, α, β, γ in degrees. */
  readonly cell: readonly number[];
  readonly family: string;
  readonly doi: string;
  /** Experimental, often disordered; only for a part of `train`. */
  readonly structure?: Structure;
}

const FOLDER = 'obelix';
const SPLITS = ['train', 'test'] as const;

/**
 * OBELiX: lithium solid electrolytes with measured conductivity, from `<root>/obelix`: 478 `train`, 121 `test`, 254 of `train` with
 * a structure.
 *
 * σ given as `<1E-10` is a bound, not a value: fit it as censored, or leave it out.
 *
 * @param root folder that holds `obelix/`
 * @throws DataError, StructureError
 * @example
 * ```ts no-run
 * const exact = (await readObelix('../shared/data')).filter(({ conductivity }) => conductivity.bound === 'exact');
 * ```
 */
export async function readObelix(root: string): Promise<ConductivityRecord[]> {
  const records: ConductivityRecord[] = [];
  for await (const line of readJsonLines(join(root, FOLDER, 'obelix.jsonl.gz'))) {
    const structure = structureOf(line);
    records.push({
      id: stringField(line, 'id'),
      split: wordField(line, 'split', SPLITS),
      formula: stringField(line, 'formula'),
      composition: stringField(line, 'true_composition'),
      conductivity: conductivityOf(line),
      spaceGroupNumber: spaceGroupOf(line),
      cell: numbersField(line, 'cell', 6),
      family: stringField(line, 'family'),
      doi: stringField(line, 'doi'),
      ...(structure === undefined ? {} : { structure }),
    });
  }
  return records;
}

function conductivityOf({ value, where }: JsonLine): MeasuredConductivity {
  const sigma = value.sigma_S_per_cm;
  const [, sign = '', digits] = /^\s*([<>]?)\s*(\d[\d.]*(?:e[+-]?\d+)?)\s*$/i.exec(String(sigma)) ?? [];
  const number = Number(digits);
  if (!(number > 0 && Number.isFinite(number))) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `"sigma_S_per_cm" must be a positive number, or one after < or >, got ${JSON.stringify(sigma)?.slice(0, 40)}. Check the record.`,
    );
  }
  const bound = sign === '<' ? 'below' : sign === '>' ? 'above' : 'exact';
  return { log10SPerCm: Math.log10(number), bound };
}

function spaceGroupOf({ value, where }: JsonLine): number {
  const number = value.sg;
  if (Number.isInteger(number) && (number as number) >= 1 && (number as number) <= 230)
    return number as number;
  throw new DataError(
    'DATA_INVALID',
    where,
    `"sg" must be a space-group number, got ${JSON.stringify(number)?.slice(0, 40)}. Check the record.`,
  );
}

function structureOf(line: JsonLine): Structure | undefined {
  if (line.value.cif === undefined) return undefined;
  const { structures } = readCif(stringField(line, 'cif'), { file: line.where });
  return structures[0]!.structure;
}
