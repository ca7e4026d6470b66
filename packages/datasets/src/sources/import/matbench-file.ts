import { DataError } from '../../data-error';
import { readPymatgenJson } from '../../formats/pymatgen/read-pymatgen-json';
import { reducedFormula } from '../../structure/composition';
import { isObject, listAt, mismatch } from '../json/json-object';
import { type SourceRecord, sourceItem } from '../source-record';
import type { ImportKind } from './import-kind';
import { jsonFileMembers } from './json-file';
import { recordName } from './record-name';

/**
 * A task of Matbench (`matbench_*.json.gz`): a pandas table in split form with `index`, `columns` and `data`. The column `structure` becomes
 * the structure, `composition` or `formula` the formula, numbers and truth values (0, 1) scalars. Ids are `<file>-<index>`.
 */
export const matbenchFile: ImportKind = {
  summary: 'a Matbench task: matbench_*.json or .json.gz',
  title: 'Matbench',
  licence: 'mit',
  citations: ['Dunn et al., npj Computational Materials 6, 138 (2020), doi:10.1038/s41524-020-00406-3'],
  async *read(path) {
    const columns: string[] = [];
    const labels: string[] = [];
    const name = recordName(path);
    for await (const { key, index, value } of jsonFileMembers(path)) {
      if (key === 'columns') columns.push(String(value));
      else if (key === 'index') labels.push(String(value).slice(0, 100));
      else if (key === 'data' && index !== null) {
        if (columns.length === 0)
          throw new DataError(
            'DATA_UNSUPPORTED',
            path,
            'columns before data expected, got data first. Write the table with orient="split".',
          );
        const id = `${name}-${labels[index] ?? index}`;
        yield sourceItem(id, () => matbenchRecord(value, columns, id, `${path} ${id}`));
      }
    }
    if (columns.length === 0) {
      throw new DataError(
        'DATA_INVALID',
        path,
        'a table with index, columns and data expected, got another document. Check that it is of Matbench.',
      );
    }
  },
};

function matbenchRecord(value: unknown, columns: readonly string[], id: string, where: string): SourceRecord {
  const row = listAt(value, where, 'a row');
  if (row.length !== columns.length) throw mismatch(where, `a row of ${columns.length} expected`, row);
  const scalars: Record<string, number> = {};
  const texts: Record<string, string> = {};
  let structure: SourceRecord['structure'];
  for (const [k, column] of columns.entries()) {
    const cell = row[k];
    if (isObject(cell) && column === 'structure') {
      structure = readPymatgenJson(JSON.stringify(cell), { file: where }).structures[0]!.structure;
    } else if (typeof cell === 'number' && Number.isFinite(cell)) scalars[column] = cell;
    else if (typeof cell === 'boolean') scalars[column] = cell ? 1 : 0;
    else if (typeof cell === 'string') texts[column] = cell;
  }
  const { composition, formula = composition, ...others } = texts;
  const name = formula ?? (structure && reducedFormula(structure));
  return {
    id,
    ...(name === undefined ? {} : { formula: name }),
    ...(structure === undefined ? {} : { structure }),
    scalars,
    texts: others,
    arrays: {},
  };
}
