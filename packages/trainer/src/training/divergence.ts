import { readAll, scoped, type Tensor } from '@bravais/tensor-core';
import { namedValues } from '@bravais/tensor-core/nn';
import { foldIn } from '@bravais/tensor-core/random';
import type { Divergence } from '../checkpoint';
import { describeBatch, describeNotFinite } from '../checkpoint/divergence';
import { type AlignmentModel, embed, modalitiesOf, modelBatch, presenceOf, uploadBatch } from '../model';
import type { ModelOptimizer } from './optimizer';
import type { TrainingBatch } from './training-batches';
import { TrainingError } from './training-error';

/**
 * Where the first numbers that are not finite appear in a step, in the order of its computation: parameters before it, embeddings,
 * terms of the loss, gradients. The optimizer must stand before the step; it is left in no useful state.
 */
export async function findNotFinite(
  model: AlignmentModel,
  optimizer: ModelOptimizer,
  batch: TrainingBatch,
): Promise<Divergence['notFinite']> {
  const { flat, entries } = model.parameters;
  const [weights] = await readAll([flat]);
  const parameter = firstNotFinite(namedValues(entries, weights as Float32Array));
  const embedding = await findEmbedding(model, batch);
  const { terms, gradient } = await optimizer.examine(batch.materials, batch.dropoutKey);
  const term = Object.entries(terms).find(([, value]) => !Number.isFinite(value));
  return {
    ...(parameter === undefined ? {} : { parameter }),
    ...(embedding ? { embedding } : {}),
    ...(term ? { term: term[0] } : {}),
    ...withGradient(firstNotFinite(namedValues(entries, gradient))),
  };
}

function withGradient(gradient: string | undefined): { readonly gradient?: string } {
  return gradient === undefined ? {} : { gradient };
}

function firstNotFinite(named: ReadonlyMap<string, Float32Array>): string | undefined {
  for (const [name, values] of named) if (!values.every(Number.isFinite)) return name;
  return undefined;
}

/** The first embedding with numbers that are not finite, computed as the step computes it: in parts, with its dropout. */
async function findEmbedding(
  model: AlignmentModel,
  { materials, dropoutKey }: TrainingBatch,
): Promise<Divergence['notFinite']['embedding']> {
  const { microBatch } = model.config.training;
  const rows = microBatch ?? materials.length;
  const { embeddingDim } = model.config.model;
  const modalities = modalitiesOf(model.config.model);
  for (let part = 0; part * rows < materials.length; part++) {
    const taken = materials.slice(part * rows, (part + 1) * rows);
    const tensors = scoped(model.device, () => {
      const batch = uploadBatch(model.device, modelBatch(model, taken));
      const partKey = microBatch === undefined ? dropoutKey : foldIn(dropoutKey, part);
      const embeddings = embed(model, model.parameters.tree, batch, partKey);
      return modalities.map((name) => embeddings[name] as Tensor);
    });
    const values = await readAll(tensors);
    for (const tensor of tensors) tensor.dispose();
    const presence = presenceOf(taken, modalities);
    for (const [at, modality] of modalities.entries()) {
      const row = taken.findIndex(
        (_, index) =>
          presence[modality]![index] === 1 &&
          !values[at]!.slice(index * embeddingDim, (index + 1) * embeddingDim).every(Number.isFinite),
      );
      if (row >= 0) return { modality, id: taken[row]!.id };
    }
  }
  return undefined;
}

/** The error that ends a run which diverged: what went wrong first, at which step, on which materials. */
export function diverged(divergence: Divergence): TrainingError {
  const { step, loss, gradientNorm, notFinite } = divergence;
  return new TrainingError(
    'DIVERGED',
    `train: loss and gradient must stay finite, got loss ${loss} and gradient norm ${gradientNorm} at step ${step}; first ${describeNotFinite(notFinite)}. Its batch: ${describeBatch(divergence)}. The checkpoint "diverged" stands before that step, with all of this in diagnosis.json; "last" is untouched. Lower optim.learningRate, set optim.clipNorm or look at the materials, and start again.`,
  );
}
