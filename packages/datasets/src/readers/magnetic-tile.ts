import { join } from 'node:path';
import type { GreyImage } from '../images/grey-image';
import type { LabelledImage } from '../images/labelled-image';
import { byteImages } from './byte-images';
import { readJsonLines } from './json-lines';
import { classField, indexField, numericFields, stringField, wordField } from './record-fields';

/** States of a ferrite tile, in the order of their labels; `Free` has no defect. */
export const MAGNETIC_TILE_CLASSES = ['Free', 'Blowhole', 'Break', 'Crack', 'Fray', 'Uneven'] as const;

/** A tile with the mask of its defect. */
export interface MagneticTile extends LabelledImage<'train' | 'test'> {
  /** 1 where a quarter of a pixel's area or more is defect. */
  readonly mask: GreyImage;
  /** Photographs of one tile; the split keeps them together. */
  readonly group: number;
  /** Share of the original image that is defect. */
  readonly defectFraction: number;
}

/** Which part of the tiles to read. */
export interface MagneticTileOptions {
  /** 1,056 train, 288 test; both by default. */
  readonly split?: 'train' | 'test';
}

const FOLDER = 'magnetic-tile';

/**
 * Images of surface defects of magnetic tiles, 96 × 96 pixels, with masks, from `<root>/magnetic-tile` (Huang, Qiu and Yuan, Vis. Comput. 36,
 * 85 (2020)).
 *
 * @param root folder that holds `magnetic-tile/`
 * @throws DataError
 */
export async function readMagneticTile(
  root: string,
  { split }: MagneticTileOptions = {},
): Promise<MagneticTile[]> {
  const [images, masks] = await Promise.all([
    byteImages(join(root, FOLDER, 'images_1344x96x96_u8.npy.gz')),
    byteImages(join(root, FOLDER, 'masks_1344x96x96_u8.npy.gz'), 1),
  ]);
  const found: MagneticTile[] = [];
  for await (const line of readJsonLines(join(root, FOLDER, 'labels.jsonl.gz'))) {
    const part = wordField(line, 'split', ['train', 'test']);
    if (split !== undefined && part !== split) continue;
    const index = indexField(line, 'i');
    found.push({
      id: stringField(line, 'name'),
      image: images(index, line),
      mask: masks(index, line),
      label: classField(line, MAGNETIC_TILE_CLASSES),
      split: part,
      group: indexField(line, 'group'),
      defectFraction: numericFields(line, ['defect_fraction']).defect_fraction ?? 0,
    });
  }
  return found;
}
