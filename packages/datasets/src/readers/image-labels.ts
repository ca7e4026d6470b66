import { join, normalize, sep } from 'node:path';
import { DataError } from '../data-error';
import { type FileLine, fileLines } from './file-lines';

/** A line of a CSV of labels. */
export interface ImageLabel {
  /** Path below the folder, with `/`. */
  readonly id: string;
  readonly label: string;
  readonly split: string | null;
}

/**
 * The lines of a CSV with a header (`file`, `label`, perhaps `split`; other columns are passed over), in order. Fields may be quoted.
 *
 * @throws DataError `DATA_INVALID` (columns, a file twice, a path that leads out of the folder), and as `fileLines`
 */
export async function imageLabels(folder: string, name: string): Promise<ImageLabel[]> {
  const found = new Map<string, ImageLabel>();
  let columns: readonly string[] | undefined;
  for await (const line of fileLines(join(folder, name), { maxLineBytes: 65_536, maxLines: 1_000_000 })) {
    if (line.text.trim() === '') continue;
    const fields = csvFields(line);
    if (columns === undefined) {
      columns = header(fields, line.where);
      continue;
    }
    if (fields.length !== columns.length) {
      throw invalid(line.where, `${columns.length} fields`, `${fields.length}`);
    }
    const field = (column: string): string | undefined => fields[columns!.indexOf(column)];
    const id = normalize(field('file')!).split(sep).join('/');
    if (id === '.' || id.startsWith('/') || id === '..' || id.startsWith('../') || /^[a-z]:/i.test(id)) {
      throw invalid(line.where, 'a file inside the folder', JSON.stringify(field('file')));
    }
    if (found.has(id)) throw invalid(line.where, 'each file once', `${id} again`);
    if (field('label') === '') throw invalid(line.where, 'a label', 'none');
    found.set(id, { id, label: field('label')!, split: field('split') ?? null });
  }
  return [...found.values()];
}

function header(fields: readonly string[], where: string): readonly string[] {
  const columns = fields.map((field) => field.replace(/^\ufeff/, '').toLowerCase());
  const twice = columns.some((column, i) => columns.indexOf(column) !== i);
  if (twice || !columns.includes('file') || !columns.includes('label')) {
    throw invalid(where, 'a header with the columns file and label', fields.join(',').slice(0, 80));
  }
  return columns;
}

/** Fields between commas; `"a, ""b"""` is `a, "b"`. */
function csvFields({ text, where }: FileLine): string[] {
  const line = text.replace(/\r$/, '');
  const fields: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (let ended = false; !ended; ) {
    const match = pattern.exec(line);
    if (match === null) throw invalid(where, 'fields between commas, quotes closed', line.slice(0, 80));
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2]!).trim());
    ended = match[3] === '';
  }
  return fields;
}

function invalid(where: string, expected: string, got: string): DataError {
  return new DataError('DATA_INVALID', where, `${expected} expected, got ${got}. Correct the line.`);
}
