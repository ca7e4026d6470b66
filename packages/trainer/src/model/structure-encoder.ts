import type { Structure } from '@bravais/datasets';
import { scoped } from '@bravais/tensor-core';
import { type AlignmentModel, embedStructures, structureLayout } from './alignment-model';
import { hostStructures, uploadStructures } from './model-batch';
import { withoutStructureEncoder } from './model-error';
import { type PreparedStructure, prepareStructure } from './prepare';

/** The structure encoder of a trained model with the preprocessing saved with it. */
export interface StructureEncoder {
  /** Numbers of one embedding, D. */
  readonly embeddingDim: number;
  /**
   * Makes one structure ready on the host, disorder included.
   *
   * @throws {GraphError} where no graph can be made, such as ISOLATED_SITE
   */
  prepare(structure: Structure): PreparedStructure;
  /** `[n, D]`, a row each in the given order, from one batch on the device; no row depends on the others but for rounding. */
  embed(prepared: readonly PreparedStructure[]): Promise<Float32Array>;
}

/**
 * z = structure encoder of a model, without dropout and without its other encoders. Embeddings have the length that the encoder
 * gives them: compare them by cosine, as the loss does.
 *
 * @throws {ModelError} `NO_STRUCTURE_ENCODER` where the model aligns other views only
 *
 * @example
 * ```ts no-run
 * const encoder = structureEncoder(restoreModel(device, await readRun('runs/smoke')));
 * const { structures } = await readStructures('LiFePO4.cif');
 * const z = await encoder.embed(structures.map(({ structure }) => encoder.prepare(structure)));
 * ```
 */
export function structureEncoder(model: AlignmentModel): StructureEncoder {
  const { device, config, parameters } = model;
  const { structure: encoder } = config.model;
  if (!encoder) throw withoutStructureEncoder('structureEncoder');
  const layout = structureLayout(model, encoder);
  return {
    embeddingDim: config.model.embeddingDim,
    prepare: (structure) => prepareStructure(structure, config),
    async embed(prepared) {
      if (prepared.length === 0) return new Float32Array(0);
      const embedding = scoped(device, () => {
        const batch = uploadStructures(device, hostStructures(prepared, layout));
        return embedStructures(model, parameters.tree, batch, null);
      });
      const values = (await embedding.read()) as Float32Array;
      embedding.dispose();
      return values;
    },
  };
}
