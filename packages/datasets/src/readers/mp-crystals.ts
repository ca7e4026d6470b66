import { join } from 'node:path';
import type { CrystalRecord, Split } from '../material-record';
import { compactStructure } from './compact-structure';
import { type JsonLine, readJsonLines } from './json-lines';
import { numericFields, stringField } from './record-fields';

/** Which part of the Materials Project crystals to read. */
export interface MpCrystalsOptions {
  /** Official MEGNet split; `rest` are the structures without a benchmark entry (no `e_form`, no `gap`), handed out as `train`. */
  readonly split: Split | 'rest';
  /** Read only the first so many records. */
  readonly limit?: number;
}

const FOLDER = 'mp-crystals';
/** `e_form` eV/atom and `gap` eV (targets of the 2018.6.1 benchmark), `rho` g/cm³, `sg` space-group number. */
const SCALARS = ['e_form', 'gap', 'rho', 'sg'] as const;

/** Lines of one file of the mp-crystals folder. */
export function mpCrystalLines(
  root: string,
  part: MpCrystalsOptions['split'],
): AsyncGenerator<JsonLine, void, undefined> {
  return readJsonLines(join(root, FOLDER, `${part}.jsonl.gz`));
}

/**
 * Crystals of the Materials Project with formation energy and PBE gap, from `<root>/mp-crystals/<split>.jsonl.gz`.
 *
 * Scalars: `e_form` (eV/atom), `gap` (eV), `rho` (g/cm³), `sg`. No further views.
 *
 * @param root folder that holds `mp-crystals/`
 * @throws DataError, StructureError
 */
export async function readMpCrystals(
  root: string,
  { split, limit }: MpCrystalsOptions,
): Promise<CrystalRecord[]> {
  const records: CrystalRecord[] = [];
  if (limit === 0) return records;
  for await (const line of mpCrystalLines(root, split)) {
    records.push({
      id: stringField(line, 'id'),
      formula: stringField(line, 'formula'),
      structure: compactStructure(line),
      split: split === 'rest' ? 'train' : split,
      views: {},
      scalars: numericFields(line, SCALARS),
    });
    if (records.length === limit) break;
  }
  return records;
}
