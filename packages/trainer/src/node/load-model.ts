import type { Device } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { type LoadedModel, loadModel as modelFrom } from '../targets/load-model';
import { readModel } from './read-model';

/**
 * The model of a run's folder (its `best` checkpoint, else `last`), of a checkpoint folder, or by itself, ready for structures.
 *
 * @param device opened anew where left out
 * @throws {CheckpointError} where the checkpoint cannot be read
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`
 *
 * @example
 * ```ts no-run
 * const model = await loadModel('runs/b2-e-form');
 * const { structures } = await readStructures('LiFePO4.cif');
 * const [first] = await model.predict(structures.map(({ structure }) => structure));
 * first!.eForm!.value; // eV/atom
 * ```
 */
export async function loadModel(path: string, device?: Device): Promise<LoadedModel> {
  return modelFrom(await readModel(path), device ?? (await openDevice()));
}
