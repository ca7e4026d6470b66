import type { AlignmentModel, PreparedMaterial } from '../model';
import { evaluatePairs, type ModalityEmbeddings, retrievalVariants } from '../retrieval';
import { concatenatedEmbeddings } from '../retrieval/concatenated-embeddings';
import { targetOutcome } from '../targets/target-scores';
import { embedMaterials } from '../training/embed-materials';
import type { EnsembleReport, EnsembleTarget } from './ensemble-report';
import { ensembleTarget, type MemberOutcomes } from './ensemble-target';

/** A member with its weights on a device. */
export interface EnsembleMember {
  readonly path: string;
  readonly step: number;
  readonly model: AlignmentModel;
}

/** What an ensemble is measured on. */
export interface EnsembleEvaluation {
  readonly tested: readonly PreparedMaterial[];
  /** What conformal intervals of a level are fitted on; absent: there are none. */
  readonly validation?: { readonly level: number; readonly materials: readonly PreparedMaterial[] };
}

interface Embedded {
  readonly materials: readonly PreparedMaterial[];
  /** By member. */
  readonly embeddings: readonly (readonly ModalityEmbeddings[])[];
}

/**
 * Retrieval by the mean of the members' cosines, and targets by the mean of their predictions, beside each member (deep ensembles,
 * Lakshminarayanan et al., NeurIPS 2017).
 *
 * @param members models of one experiment with different seeds, two at least
 */
export async function evaluateEnsemble(
  members: readonly EnsembleMember[],
  { tested, validation }: EnsembleEvaluation,
): Promise<EnsembleReport> {
  const models = members.map(({ model }) => model);
  const { config } = models[0]!;
  const dim = config.model.embeddingDim;
  const own = await embedded(models, tested);
  const held = validation ? await embedded(models, validation.materials) : null;
  const wide = concatenatedEmbeddings(own.embeddings, dim);
  const formulas = tested.map(({ formula }) => formula);
  const wideDim = dim * members.length;
  const targets: EnsembleTarget[] = [];
  for (const [name, target] of Object.entries(config.targets ?? {})) {
    const outcomes = await outcomesOf(models, name, own);
    if (outcomes[0]!.length === 0) continue;
    const fitted =
      validation && held ? { level: validation.level, outcomes: await outcomesOf(models, name, held) } : null;
    const found = ensembleTarget({
      name,
      config: target,
      classes: Array.from(models[0]!.preprocessing.targets![name]!.classes ?? []),
      tested: outcomes,
      ids: tested.map(({ id }) => id),
      ...(fitted ? { validation: fitted } : {}),
    });
    if (found) targets.push(found);
  }
  return {
    members: members.map(({ path, step, model }, place) => ({
      path,
      seed: model.config.seed,
      step,
      pairs: config.loss ? evaluatePairs(own.embeddings[place]!, dim) : [],
    })),
    pairs: config.loss ? evaluatePairs(wide, wideDim) : [],
    variants: config.loss ? retrievalVariants(wide, wideDim, formulas, config.seed) : [],
    targets,
  };
}

async function embedded(
  models: readonly AlignmentModel[],
  materials: readonly PreparedMaterial[],
): Promise<Embedded> {
  const embeddings: ModalityEmbeddings[][] = [];
  for (const model of models) embeddings.push(await embedMaterials(model, materials));
  return { materials, embeddings };
}

async function outcomesOf(
  models: readonly AlignmentModel[],
  name: string,
  { materials, embeddings }: Embedded,
): Promise<MemberOutcomes> {
  const outcomes = [];
  for (const [place, model] of models.entries()) {
    outcomes.push((await targetOutcome(model, name, materials, embeddings[place]!)).labelled);
  }
  return outcomes;
}
