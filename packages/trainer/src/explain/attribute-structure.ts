import { ELEMENTS } from '@bravais/datasets';
import { concat, reshape, type Tensor, zeros } from '@bravais/tensor-core';
import { standardize } from '../data';
import {
  type IntegratedGradients,
  integratedGradients,
  type PathInputs,
  type PathOptions,
} from '../interpret';
import {
  type AlignmentModel,
  embedStructures,
  hostStructures,
  type PreparedStructure,
  type StructureBatch,
  uploadStructures,
} from '../model';
import { structureLayout } from '../model/alignment-model';
import { withoutStructureEncoder } from '../model/model-error';
import { compositionColumns } from '../model/prepare';
import type { AttributionReport } from './explanation-report';
import type { Objective } from './objective';

/** What attributions of a view or a structure say before a material is named. */
export type Attribution = Omit<AttributionReport, 'material'>;

/**
 * What each atom brings to an objective: integrated gradients over the rows of elements that sites start with, from none at all. Where the
 * encoder takes descriptors, they go from the mean of the training split to their values on the same path, and are told apart by
 * what they describe.
 *
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`
 */
export async function attributeStructure(
  model: AlignmentModel,
  prepared: PreparedStructure,
  objective: Objective,
  { steps = 64, batch = 16 }: PathOptions = {},
): Promise<Attribution> {
  const encoder = model.config.model.structure;
  if (!encoder) throw withoutStructureEncoder('attributeStructure');
  const layout = structureLayout(model, encoder);
  const sites = prepared.graph.atomicNumbers.length;
  const inputs: PathInputs = {
    sites: { shape: [sites], values: new Float32Array(sites).fill(1) },
    ...(layout.descriptors
      ? {
          descriptors: {
            shape: [layout.descriptors.mean.length],
            values: standardize(layout.descriptors, [prepared.descriptors]),
          },
        }
      : {}),
  };
  const f = (along: PathInputs<Tensor>): Tensor => {
    const copies = new Array<PreparedStructure>(along.sites!.shape[0]!).fill(prepared);
    const batch = uploadStructures(model.device, hostStructures(copies, layout));
    return objective.of(embedStructures(model, model.parameters.tree, onPath(batch, along), null));
  };
  const found = await integratedGradients(model.device, inputs, f, { steps, batch });
  const { sites: parts, descriptors } = found.attributions;
  return {
    ...outcome(found, objective, steps),
    modality: 'structure',
    baseline: descriptors
      ? 'sites without elements, and the mean descriptors of the training split'
      : 'sites without elements',
    parts: parts!,
    units: Array.from(prepared.graph.atomicNumbers, (z) => ELEMENTS[z - 1]!.symbol),
    others: descriptors
      ? {
          'composition statistics': total(descriptors.subarray(0, compositionColumns)),
          'geometry statistics': total(descriptors.subarray(compositionColumns)),
        }
      : {},
  };
}

/** The numbers that all attributions share. */
export function outcome(
  { value, baselineValue, completenessError }: IntegratedGradients,
  { name, unit }: Objective,
  steps: number,
): Pick<Attribution, 'objective' | 'unit' | 'steps' | 'value' | 'baselineValue' | 'completenessError'> {
  return { objective: name, unit, steps, value, baselineValue, completenessError };
}

/** Σ of some attributions. */
export function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** A batch with what a path gives in place of its own; padding sites hold no element at any gate. */
function onPath(batch: StructureBatch, { sites, descriptors }: PathInputs<Tensor>): StructureBatch {
  const graph = 'potentialGraph' in batch ? batch.potentialGraph : batch.graph;
  const { device } = sites!;
  const own = reshape(sites!, [sites!.size]);
  const siteGates = concat([own, zeros(device, [graph.atomicNumbers.size - own.size])]);
  if ('potentialGraph' in batch) return { potentialGraph: { ...batch.potentialGraph, siteGates } };
  return { graph: { ...batch.graph, siteGates }, ...(descriptors ? { descriptors } : {}) };
}
