import { join } from 'node:path';
import type { Split } from '../material-record';
import { readJsonLines } from './json-lines';
import { booleanField, numberField, stringField, wordField } from './record-fields';

/** A crystal of TextEdge: its description and what is to be predicted from it. */
export interface TextEdgeRecord {
  /** Materials Project id. */
  readonly id: string;
  readonly formula: string;
  readonly split: Split;
  /** Robocrystallographer's description, as the Materials Project has it. */
  readonly text: string;
  /** The structure as pymatgen prints it. */
  readonly structureText: string;
  readonly bandGapEv: number;
  /** Of the cell, in Å³. */
  readonly volume: number;
  readonly isGapDirect: boolean;
}

const SPLIT_NAMES = { train: 'train', valid: 'val', test: 'test' } as const;

/**
 * The authors' sample of TextEdge, 50 / 10 / 10 crystals for train / val / test, from
 * `<root>/robocrys-text/llmprop_textedge_sample_70.jsonl.gz`.
 *
 * Source: Rubungo et al., npj Comput. Mater. (2025), arXiv:2310.14029. Too small to compare with published errors.
 *
 * @param root folder that holds `robocrys-text/`
 * @throws DataError
 */
export async function readTextEdgeSample(root: string): Promise<TextEdgeRecord[]> {
  const found: TextEdgeRecord[] = [];
  for await (const line of readJsonLines(
    join(root, 'robocrys-text', 'llmprop_textedge_sample_70.jsonl.gz'),
  )) {
    found.push({
      id: stringField(line, 'id'),
      formula: stringField(line, 'formula'),
      split: SPLIT_NAMES[wordField(line, 'split', ['train', 'valid', 'test'])],
      text: stringField(line, 'text'),
      structureText: stringField(line, 'structure_text'),
      bandGapEv: numberField(line, 'band_gap'),
      volume: numberField(line, 'volume'),
      isGapDirect: booleanField(line, 'is_gap_direct'),
    });
  }
  return found;
}
