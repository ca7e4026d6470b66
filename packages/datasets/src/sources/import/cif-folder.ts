import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataError } from '../../data-error';
import { openFile, readStructures } from '../../formats/node/read-structures';
import { reducedFormula } from '../../structure/composition';
import { refusedRecord, type SourceItem } from '../source-record';
import { delimitedRows } from './delimited-rows';
import { filesBelow } from './files-below';
import type { ImportKind } from './import-kind';
import { recordName } from './record-name';

/**
 * A folder of CIF files, as downloaded from the COD; with an `id_prop.csv` (id, then one or more numbers) these become the scalars
 * `target`, `target2`, … of the file with that name (the form of CGCNN).
 */
export const cifFolder: ImportKind = {
  summary: 'a folder of CIF files, with id_prop.csv or without',
  title: 'Crystal structures from CIF files',
  licence: 'unknown',
  citations: [],
  async *read(path) {
    const targets = await targetsOf(path);
    for await (const file of filesBelow(path, /\.m?cif(\.gz)?$/i)) {
      const name = recordName(file);
      const scalars = targets?.get(name) ?? {};
      targets?.delete(name);
      yield* itemsOfFile(file, name, scalars);
    }
    for (const id of targets?.keys() ?? []) {
      const message = `${join(path, 'id_prop.csv')} a file ${id}.cif expected, got none. Download it, or remove the row.`;
      yield { refused: { id, code: 'DATA_NOT_FOUND', message } };
    }
  },
};

async function* itemsOfFile(
  file: string,
  name: string,
  scalars: Readonly<Record<string, number>>,
): AsyncGenerator<SourceItem, void, undefined> {
  try {
    const { structures } = await readStructures(file, { format: 'cif' });
    for (const [k, { name: block, structure }] of structures.entries()) {
      const id = structures.length === 1 ? name : `${name}:${block || k + 1}`;
      const formula = reducedFormula(structure);
      yield { record: { id, formula, structure, scalars, texts: { file: basename(file) }, arrays: {} } };
    }
  } catch (error) {
    yield { refused: refusedRecord(name, error) };
  }
}

async function targetsOf(folder: string): Promise<Map<string, Record<string, number>> | undefined> {
  const path = join(folder, 'id_prop.csv');
  if (!existsSync(path)) return undefined;
  const targets = new Map<string, Record<string, number>>();
  let isFirst = true;
  for await (const { cells, where } of delimitedRows(openFile(path), path)) {
    const [id = '', ...values] = cells;
    const numbers = values.map((cell) => (cell === '' ? Number.NaN : Number(cell)));
    const isHeader = isFirst && numbers.every(Number.isNaN);
    isFirst = false;
    if (isHeader) continue;
    if (id === '' || numbers.length === 0 || !numbers.every(Number.isFinite)) {
      const got = JSON.stringify(cells.slice(0, 4)).slice(0, 80);
      throw new DataError(
        'DATA_INVALID',
        where,
        `an id and numbers expected, got ${got}. Fix or remove the row.`,
      );
    }
    targets.set(
      id,
      Object.fromEntries(numbers.map((value, k) => [k === 0 ? 'target' : `target${k + 1}`, value])),
    );
  }
  return targets;
}
