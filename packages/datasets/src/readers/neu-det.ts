import { join } from 'node:path';
import type { LabelledImage } from '../images/labelled-image';
import { byteImages } from './byte-images';
import { readJsonLines } from './json-lines';
import { classField, indexField, stringField, wordField } from './record-fields';

/** Kinds of surface defects of hot-rolled steel, in the order of their labels. */
export const NEU_DET_CLASSES = [
  'crazing',
  'inclusion',
  'patches',
  'pitted_surface',
  'rolled-in_scale',
  'scratches',
] as const;

/** Which part of the steel images to read. */
export interface NeuDetOptions {
  /** Split of the widespread copy of the set: 1,440 train, 360 test; both by default. */
  readonly split?: 'train' | 'test';
}

const FOLDER = 'neu-det';

/**
 * Images of defects of hot-rolled steel, 100 × 100 pixels, 300 of each of six kinds, from `<root>/neu-det` (Song and Yan, Appl. Surf.
 * Sci. 285, 858 (2013)).
 *
 * @param root folder that holds `neu-det/`
 * @throws DataError
 */
export async function readNeuDet(
  root: string,
  { split }: NeuDetOptions = {},
): Promise<LabelledImage<'train' | 'test'>[]> {
  const images = await byteImages(join(root, FOLDER, 'images_1800x100x100_u8.npy.gz'));
  const found: LabelledImage<'train' | 'test'>[] = [];
  for await (const line of readJsonLines(join(root, FOLDER, 'labels.jsonl.gz'))) {
    const part = wordField(line, 'split', ['train', 'test']);
    if (split !== undefined && part !== split) continue;
    found.push({
      id: stringField(line, 'name'),
      image: images(indexField(line, 'i'), line),
      label: classField(line, NEU_DET_CLASSES),
      split: part,
    });
  }
  return found;
}
