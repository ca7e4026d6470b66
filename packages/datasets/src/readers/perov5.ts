import { join } from 'node:path';
import type { CrystalRecord, Split } from '../material-record';
import { reducedFormula } from '../structure/composition';
import { compactStructure } from './compact-structure';
import { readJsonLines } from './json-lines';
import { numericFields, stringField, wordField } from './record-fields';

/** Which part of Perov-5 to read. */
export interface Perov5Options {
  /** Keep only this part of the CDVAE split; all three by default. */
  readonly split?: Split;
  /** Keep only the first so many records. */
  readonly limit?: number;
}

const FOLDER = 'perov5';
const SPLITS = ['train', 'val', 'test'] as const;
/** `heat_ref` eV/atom (heat of formation against the reference), `heat_all` eV/atom, `dir_gap` and `ind_gap` eV. */
const SCALARS = ['heat_ref', 'heat_all', 'dir_gap', 'ind_gap'] as const;

/**
 * Perov-5: computed ABX₃ perovskites, 11,356 / 3,787 / 3,785 for train / val / test, from `<root>/perov5`.
 *
 * Only `val` and `test` have scalars: a model of properties is fitted on `val` and reported on `test`.
 *
 * @param root folder that holds `perov5/`
 * @throws DataError, StructureError
 */
export async function readPerov5(
  root: string,
  { split, limit }: Perov5Options = {},
): Promise<CrystalRecord[]> {
  const records: CrystalRecord[] = [];
  for await (const line of readJsonLines(join(root, FOLDER, 'perov5.jsonl.gz'))) {
    if (records.length === limit) break;
    const part = wordField(line, 'split', SPLITS);
    if (split !== undefined && part !== split) continue;
    const structure = compactStructure(line);
    records.push({
      id: stringField(line, 'id'),
      formula: line.value.formula === undefined ? reducedFormula(structure) : stringField(line, 'formula'),
      structure,
      split: part,
      views: {},
      scalars: numericFields(line, SCALARS),
    });
  }
  return records;
}
