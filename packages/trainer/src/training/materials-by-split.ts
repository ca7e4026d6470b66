import type { Split } from '../metrics';
import type { PreparedMaterial } from '../model';
import { TrainingError } from './training-error';

/** Materials of each split, in the order given. */
export type MaterialsBySplit = Readonly<Record<Split, PreparedMaterial[]>>;

/**
 * Sorts materials by their split.
 *
 * @throws {TrainingError} `EMPTY_SPLIT` where fewer than two are left to train on
 */
export function materialsBySplit(materials: readonly PreparedMaterial[]): MaterialsBySplit {
  const of = (split: Split): PreparedMaterial[] => materials.filter((material) => material.split === split);
  const bySplit = { train: of('train'), val: of('val'), test: of('test') };
  if (bySplit.train.length < 2) {
    throw new TrainingError(
      'EMPTY_SPLIT',
      `train: the training split must hold at least two materials, got ${bySplit.train.length}. Contrastive training needs negatives; check data.source, data.tier and data.limit.`,
    );
  }
  return bySplit;
}
