import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Device, holding } from '@bravais/tensor-core';
import { withCalibration } from '../calibration';
import { elementCounts } from '../calibration/element-counts';
import { elementsIn } from '../calibration/elements-in';
import { encodeCheckpoint } from '../checkpoint';
import type { PreparedMaterial } from '../model';
import { fitCalibration, type TrainingCrystals } from '../training/fit-calibration';
import { restoreModel } from '../training/train';
import { readCheckpoint } from './read-checkpoint';
import { writeCheckpoint } from './write-checkpoint';

/**
 * Writes into the checkpoint of a finished run that is used from now on, `best` where there is one, how wrong it is on the validation split and which
 * crystals it was trained on. Done again it gives the same bytes.
 *
 * @param hasBest whether the run kept a `best` checkpoint
 */
export async function calibrateRun(
  outDir: string,
  hasBest: boolean,
  materials: readonly PreparedMaterial[],
  device: Device,
): Promise<void> {
  const name = hasBest && existsSync(join(outDir, 'best')) ? 'best' : 'last';
  const { state, folder: _, passedOver: __, ...checkpoint } = await readCheckpoint(join(outDir, name));
  const of = (split: PreparedMaterial['split']): PreparedMaterial[] =>
    materials.filter((material) => material.split === split);
  const held = holding(device, () => restoreModel(device, checkpoint));
  try {
    const calibration = await fitCalibration(held.result, crystalsOf(of('train')), of('val'));
    const model = withCalibration(checkpoint.model, calibration);
    const { versions } = state;
    const contents = { ...checkpoint, model, progress: state, ...(versions ? { versions } : {}) };
    await writeCheckpoint(outDir, name, await encodeCheckpoint(contents));
  } finally {
    held[Symbol.dispose]();
  }
}

function crystalsOf(training: readonly PreparedMaterial[]): TrainingCrystals {
  const materials = training.filter(({ structure }) => structure !== undefined);
  return { materials, elements: elementCounts(materials.map(({ structure }) => elementsIn(structure!))) };
}
