import type { Device } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { type LoadedModel, loadModel as modelFrom } from '../targets/load-model';
import { readRun } from './read-run';

/**
 * The model of a run's folder (its `best` checkpoint, else `last`) or of a checkpoint folder, ready for structures.
 *
 * @param device opened anew where left out
 * @throws {CheckpointError} where the checkpoint cannot be read
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`
 *
 * @example
 * ```ts
 * const model = await loadModel('runs/b2-e-form');
 * const { structures } = await readStructures('LiFePO4.cif');
 * const [{ eForm }] = await model.predict(structures.map(({ structure }) => structure)); // eForm.value in eV/atom
 * ```
 */
export async function loadModel(path: string, device?: Device): Promise<LoadedModel> {
  const checkpoint = await readRun(path);
  return modelFrom(checkpoint, device ?? (await openDevice()));
}
