import { DataError } from '../../data-error';
import { openFile } from '../../formats/node/read-structures';
import type { SourceItem } from '../source-record';
import { type DelimitedRow, delimitedRows } from './delimited-rows';
import type { ImportKind } from './import-kind';
import { recordName } from './record-name';

const ID_COLUMN = /^(id|jid|material[ _]?id|mp[ _-]?id|cas|cas (number|registry number))$/i;
const FORMULA_COLUMN = /^(formula|composition|reduced[ _]formula|formula[ _]pretty)$/i;

/**
 * A table of properties (.csv, .tsv, also those that the NIST WebBook gives for download): one record a row. A column `id` (or `jid`,
 * `material_id`, `CAS`) names it, else its number; `formula` or `composition` is the formula; numbers are scalars, other words texts, both
 * by the header with its unit as it stands there. Empty cells, `-`, `na` and `nan` are absent.
 */
export const propertyTable: ImportKind = {
  summary: 'a table of properties with a header: .csv or .tsv',
  title: 'Table of properties',
  licence: 'unknown',
  citations: [],
  async *read(path) {
    let header: readonly string[] | undefined;
    let number = 0;
    for await (const row of delimitedRows(openFile(path), path)) {
      if (header === undefined) header = checkedHeader(row);
      else yield rowItem(row, header, `${recordName(path)}-${number++}`);
    }
  },
};

function checkedHeader({ cells, where }: DelimitedRow): readonly string[] {
  const isHeader = cells.length > 1 && cells.some((cell) => cell !== '' && !Number.isFinite(Number(cell)));
  if (isHeader && new Set(cells).size === cells.length) return cells;
  const got = isHeader ? 'a name twice' : JSON.stringify(cells.slice(0, 4)).slice(0, 80);
  throw new DataError(
    'DATA_INVALID',
    where,
    `a header of different names expected, got ${got}. Name each column.`,
  );
}

function rowItem({ cells, where }: DelimitedRow, header: readonly string[], fallback: string): SourceItem {
  const column = (pattern: RegExp): string | undefined =>
    cells[header.findIndex((name) => pattern.test(name))] || undefined;
  const id = column(ID_COLUMN) ?? fallback;
  if (cells.length !== header.length) {
    const message = `${where} ${header.length} cells expected, got ${cells.length}. Quote cells that hold the separator.`;
    return { refused: { id, code: 'DATA_INVALID', message } };
  }
  const formula = column(FORMULA_COLUMN);
  const scalars: Record<string, number> = {};
  const texts: Record<string, string> = {};
  for (const [k, name] of header.entries()) {
    const cell = cells[k]!;
    if (/^(|-|–|na|n\/a|nan|null|none)$/i.test(cell) || ID_COLUMN.test(name) || FORMULA_COLUMN.test(name))
      continue;
    const value = Number(cell);
    if (Number.isFinite(value)) scalars[name || `column ${k + 1}`] = value;
    else texts[name || `column ${k + 1}`] = cell;
  }
  return { record: { id, ...(formula === undefined ? {} : { formula }), scalars, texts, arrays: {} } };
}
