import type { ViewName } from '@bravais/datasets';
import { siteFeatureCount } from '@bravais/graph-nn';
import type { AlignmentLoss, Embeddings, LogitScale } from '@bravais/losses';
import { add, type Device, mapTree, type Tensor, type Tree } from '@bravais/tensor-core';
import { constant, type HostParameter, type Parameters, packParameters } from '@bravais/tensor-core/nn';
import { foldIn, type Key, key, type RandomKey, split } from '@bravais/tensor-core/random';
import type { ExperimentConfig } from '../config';
import { initTargetHeads, type TargetHeads } from '../targets/target-heads';
import type { TargetLabels } from '../targets/target-labels';
import { targetLosses, weightedTargetLosses } from '../targets/target-losses';
import { type AlignmentLossConfig, applyAlignmentLoss } from './alignment-losses';
import {
  type BatchPresence,
  type HostBatch,
  hostStructures,
  type ModelBatch,
  type StructureBatch,
  type StructureLayout,
} from './model-batch';
import { withoutStructureEncoder } from './model-error';
import type { PreparedMaterial, PreparedStructure } from './prepare';
import { type Preprocessing, viewSource } from './preprocessing';
import { standInStructure } from './stand-in-structure';
import { type StructureEncoderConfig, structureEncoderKind } from './structure-encoders';
import type { OpenStructureEncoder } from './structure-encoders/structure-encoder-kind';
import { viewEncoderKind } from './view-encoders';
import type { OpenViewEncoder } from './view-encoders/view-encoder-kind';
import { VIEWS, viewsOf } from './views';

/**
 * One encoder per modality, a head per target, and the loss's learned temperature where there is one. An encoder is what its kind makes of
 * a config; only that kind knows the names in it.
 */
export type AlignmentTree<P = Tensor> = Readonly<Partial<Record<ViewName, object>>> & {
  readonly structure?: object;
  readonly targets?: TargetHeads<P>;
  /** log(1/τ), `[1]`. */
  readonly logitScale?: P;
};

/** A model on a device with everything that turns materials into its input. */
export interface AlignmentModel {
  readonly device: Device;
  readonly config: ExperimentConfig;
  readonly parameters: Parameters<AlignmentTree<HostParameter>>;
  /** `null` where the model takes no structures. */
  readonly structureEncoder: OpenStructureEncoder | null;
  readonly viewEncoders: Readonly<Partial<Record<ViewName, OpenViewEncoder>>>;
  readonly preprocessing: Preprocessing;
}

/** A freshly initialised model; the same seed gives the same parameters on every device. */
export function createModel(
  device: Device,
  config: ExperimentConfig,
  preprocessing: Preprocessing,
): AlignmentModel {
  const { structure, views, embeddingDim } = config.model;
  const [structureKey, ...viewKeys] = split(foldIn(key(config.seed), 0), 1 + VIEWS.length) as [Key, ...Key[]];
  const sources = viewsOf(config.model).map((view) => viewSource(preprocessing, view));
  const tree: AlignmentTree<HostParameter> = {
    ...(structure
      ? {
          structure: structureEncoderKind(structure).init(structureKey, structure, {
            descriptors: preprocessing.descriptors?.mean.length ?? 0,
            siteFeatures: config.graph.siteFeatures ? siteFeatureCount(config.graph.siteFeatures) : 0,
            embeddingDim,
          }),
        }
      : {}),
    ...Object.fromEntries(
      sources.map((source) => {
        const own = views[source.view]!;
        const viewKey = viewKeys[VIEWS.indexOf(source.view)]!;
        return [source.view, viewEncoderKind(own).init(viewKey, own, source, embeddingDim)];
      }),
    ),
    ...(config.targets
      ? { targets: initTargetHeads(config.seed, config.targets, preprocessing.targets ?? {}, embeddingDim) }
      : {}),
    ...learnedScale(config),
  };
  return {
    device,
    config,
    parameters: packParameters(device, tree),
    structureEncoder: structure
      ? structureEncoderKind(structure).open(device, structure, config.graph.cutoffAngstrom)
      : null,
    viewEncoders: Object.fromEntries(
      sources.map((source) => {
        const own = views[source.view]!;
        return [source.view, viewEncoderKind(own).open(device, own, source)];
      }),
    ),
    preprocessing,
  };
}

function learnedScale({ loss }: ExperimentConfig): { logitScale?: HostParameter } {
  if (!loss || !('learnTemperature' in loss) || !loss.learnTemperature) return {};
  return { logitScale: constant([1], Math.log(1 / loss.temperature)) };
}

/**
 * Materials as the model's encoders take them, still on the host.
 *
 * @throws {ModelError} `VIEW_SHAPE`, with the id of the material
 */
export function modelBatch(model: AlignmentModel, materials: readonly PreparedMaterial[]): HostBatch {
  const { structure, views } = model.config.model;
  const columns = viewsOf(model.config.model).map((view) => {
    const column = materials.map(({ id, views }) => ({ id, value: views[view] }));
    const own = views[view]!;
    return [view, viewEncoderKind(own).layOut(own, viewSource(model.preprocessing, view), column)] as const;
  });
  return {
    ...(structure
      ? { structure: hostStructures(presentStructures(model, materials), structureLayout(model, structure)) }
      : {}),
    views: Object.fromEntries(columns),
  };
}

/** A structure a row: a stand-in where there is none, whose embedding is never looked at. */
function presentStructures(
  { config }: AlignmentModel,
  materials: readonly PreparedMaterial[],
): PreparedStructure[] {
  const own = materials.map(({ structure }) => structure);
  if (own.every((structure) => structure !== undefined)) return own;
  const standIn = standInStructure(config);
  return own.map((structure) => structure ?? standIn);
}

/** How a structure encoder takes structures. */
export function structureLayout(
  { preprocessing }: Pick<AlignmentModel, 'preprocessing'>,
  encoder: StructureEncoderConfig,
): StructureLayout {
  return {
    edges: structureEncoderKind(encoder).edges,
    descriptors: preprocessing.descriptors ?? null,
  };
}

/**
 * Embeddings `[B, D]` of crystal structures.
 *
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`
 */
export function embedStructures(
  model: AlignmentModel,
  tree: Pick<AlignmentTree, 'structure'>,
  batch: StructureBatch,
  dropoutKey: RandomKey | null,
): Tensor {
  const { activationCheckpointing } = model.config.training;
  const { structureEncoder } = model;
  if (!structureEncoder || !tree.structure) throw withoutStructureEncoder('embedStructures');
  const parameters = tree.structure;
  return model.device.layer('structure', () =>
    structureEncoder.embed(parameters, batch, dropoutKey, activationCheckpointing),
  );
}

/**
 * Embeddings `[B, D]` of every modality.
 *
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 */
export function embed(
  model: AlignmentModel,
  tree: AlignmentTree,
  batch: ModelBatch,
  dropoutKey: RandomKey | null,
): Embeddings {
  const frozen = model.config.init?.frozen ?? [];
  // A frozen encoder is a fixed function: no dropout, and no gradient beyond its output.
  const keyOf = (modality: string, stream: number): RandomKey | null =>
    frozen.includes(modality) ? null : dropoutKey && foldIn(dropoutKey, stream);
  const fixed: AlignmentTree = Object.fromEntries(
    frozen.map((name) => [name, mapTree(tree[name as ViewName] as Tree, (each) => each.detach())]),
  );
  const held = { ...tree, ...fixed };
  const embedOne = (view: ViewName): Tensor =>
    model.device.layer(view, () =>
      model.viewEncoders[view]!.embed(held[view]!, batch.views[view]!, keyOf(view, 1 + VIEWS.indexOf(view))),
    );
  return {
    ...(batch.structure
      ? { structure: embedStructures(model, held, batch.structure, keyOf('structure', 0)) }
      : {}),
    ...Object.fromEntries(viewsOf(model.config.model).map((view) => [view, embedOne(view)])),
  };
}

/**
 * The alignment loss of one batch, and the weighted losses of the targets: what of both the config names. Modalities without a mask are
 * present in every row.
 *
 * @param labels of the config's targets
 */
export function alignmentLoss(
  model: AlignmentModel,
  tree: AlignmentTree,
  batch: ModelBatch,
  presence: BatchPresence,
  dropoutKey: RandomKey | null,
  labels: TargetLabels = {},
): AlignmentLoss {
  return embeddingLoss(model, tree, embed(model, tree, batch, dropoutKey), presence, dropoutKey, labels);
}

/**
 * The loss of embeddings `[B, D]`; see {@link alignmentLoss}.
 *
 * @param key randomness of a loss that draws its negatives, and of the heads' dropout; `null` outside training
 */
export function embeddingLoss(
  model: AlignmentModel,
  tree: Pick<AlignmentTree, 'logitScale' | 'targets'>,
  embeddings: Embeddings,
  presence: BatchPresence,
  key: RandomKey | null,
  labels: TargetLabels = {},
): AlignmentLoss {
  const { loss, targets } = model.config;
  const aligned = loss && contrast(model, loss, tree, embeddings, presence, key);
  if (!targets || !tree.targets) return aligned!;
  const heads = tree.targets;
  return model.device.layer('targets', () => {
    const losses = targetLosses(targets, heads, embeddings, labels, key);
    const parts = [...(aligned ? [aligned.total] : []), ...weightedTargetLosses(targets, losses)];
    return {
      total: parts.reduce(add),
      terms: {
        ...aligned?.terms,
        ...Object.fromEntries(Object.entries(losses).map(([name, each]) => [name, each.detach()])),
      },
    };
  });
}

function contrast(
  model: AlignmentModel,
  loss: AlignmentLossConfig,
  tree: Pick<AlignmentTree, 'logitScale'>,
  embeddings: Embeddings,
  presence: BatchPresence,
  key: RandomKey | null,
): AlignmentLoss {
  const temperature = 'temperature' in loss ? loss.temperature : 1;
  const scale: LogitScale = tree.logitScale ? { logScale: tree.logitScale } : { temperature };
  return model.device.layer('loss', () => applyAlignmentLoss(embeddings, loss, { scale, presence, key }));
}
