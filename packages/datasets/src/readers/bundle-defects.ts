import { join } from 'node:path';
import { DataError } from '../data-error';
import { readByteRows } from './array-rows';
import { readFileBytes } from './read-file-bytes';
import { indexField, stringField, wordField } from './record-fields';

/** A grey image of a defect on a steel surface. */
export interface DefectImage {
  readonly name: string;
  /** 0 … 5: crazing, inclusion, patches, pitted surface, rolled-in scale, scratches. */
  readonly label: number;
  readonly split: 'train' | 'test';
  /** Grey values 0 … 1, row by row. */
  readonly image: { readonly width: number; readonly height: number; readonly values: Float32Array };
}

const FOLDER = 'bundle';
const SPLITS = ['train', 'test'] as const;
const LIST_BYTES = 2 ** 20;

/**
 * The 270 steel surfaces of the bundle, 45 of each of six classes (30 `train`, 15 `test`), from `<root>/bundle`.
 *
 * @param root folder that holds `bundle/`
 * @throws DataError
 */
export async function readBundleDefects(root: string): Promise<DefectImage[]> {
  const path = join(root, FOLDER, 'defects.json');
  const list = listOf(await readFileBytes(path, LIST_BYTES), path);
  const { shape, row } = await readByteRows(join(root, FOLDER, 'defects_270x50x50_u8.npy.gz'), list.length);
  const [height, width] = shape as [number, number];
  return list.map((value, place) => {
    const line = { value, where: `${path} entry ${place}` };
    return {
      name: stringField(line, 'name'),
      label: indexField(line, 'label'),
      split: wordField(line, 'split', SPLITS),
      image: { width, height, values: Float32Array.from(row(place), (byte) => byte / 255) },
    };
  });
}

function listOf(bytes: Uint8Array, where: string): Record<string, unknown>[] {
  let list: unknown;
  try {
    list = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new DataError('DATA_INVALID', where, `JSON expected, got ${(cause as Error).message}.`, { cause });
  }
  if (Array.isArray(list) && list.every((entry) => typeof entry === 'object' && entry !== null)) return list;
  throw new DataError(
    'DATA_INVALID',
    where,
    'a list of objects expected, got something else. Use the file of one release.',
  );
}
