import type { PreparedMaterial } from '../model';
import { augmentViews, type ViewAugmentations } from './view-augmentation';

/**
 * The materials of a training batch with their views changed at random; a pure function of the key, so a resumed run sees what an
 * uninterrupted one saw.
 *
 * @throws {DataError} `DATA_INVALID`, with the id of the material
 */
export function augmentMaterials(
  augmentations: ViewAugmentations | undefined,
  batch: readonly PreparedMaterial[],
  [seed, step]: readonly [seed: number, step: number],
): readonly PreparedMaterial[] {
  if (augmentations === undefined) return batch;
  return batch.map((material, row) => ({
    ...material,
    views: augmentViews(augmentations, material.views, [seed, step, row]),
  }));
}
