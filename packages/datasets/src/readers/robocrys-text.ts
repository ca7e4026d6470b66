import { join } from 'node:path';
import type { Split } from '../material-record';
import { readJsonLines } from './json-lines';
import { optionalStringField, stringField, wordField } from './record-fields';

/** What Robocrystallographer wrote about a crystal. */
export interface RobocrysText {
  /** Materials Project id. */
  readonly id: string;
  readonly formula: string;
  /** Split of the crystal in tier A of the JARVIS phonon set; null where it is not in it. */
  readonly phdosSplit: Split | null;
  readonly inMultimat: boolean;
  /** In mode `reduced`, the same for every part. */
  readonly text: string;
}

/**
 * Descriptions of 2,099 crystals by Robocrystallographer (Ganose and Jain, MRS Commun. 9, 874 (2019)), from `<root>/robocrys-text`.
 *
 * The tool's longer output, which part of the lines have besides, is left out: train has none of it.
 *
 * @param root folder that holds `robocrys-text/`
 * @throws DataError
 */
export async function readRobocrysText(root: string): Promise<RobocrysText[]> {
  const found: RobocrysText[] = [];
  for await (const line of readJsonLines(join(root, 'robocrys-text', 'robocrys.jsonl.gz'))) {
    const split = optionalStringField(line, 'phdos_split');
    found.push({
      id: stringField(line, 'id'),
      formula: stringField(line, 'formula'),
      phdosSplit: split === undefined ? null : wordField(line, 'phdos_split', ['train', 'val', 'test']),
      inMultimat: line.value.in_multimat === true,
      text: stringField(line, 'text'),
    });
  }
  return found;
}
