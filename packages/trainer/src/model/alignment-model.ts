import type { ViewName } from '@bravais/datasets';
import type { AlignmentLoss, Embeddings, LogitScale } from '@bravais/losses';
import type { Device, Tensor } from '@bravais/tensor-core';
import { constant, type HostParameter, type Parameters, packParameters } from '@bravais/tensor-core/nn';
import { foldIn, type Key, key, type RandomKey, split } from '@bravais/tensor-core/random';
import type { ExperimentConfig } from '../config';
import type { PreparedMaterial } from '../data/prepare';
import type { Preprocessing } from '../data/preprocessing';
import { applyAlignmentLoss } from './alignment-losses';
import {
  type BatchPresence,
  type HostBatch,
  hostBatch,
  type ModelBatch,
  type StructureBatch,
  type StructureLayout,
} from './model-batch';
import { structureEncoderKind } from './structure-encoders';
import type { OpenStructureEncoder } from './structure-encoders/structure-encoder-kind';
import { embedView, initViewEncoder, VIEWS, type ViewEncoder, viewsOf } from './views';

/** One encoder per modality, and the loss's learned temperature where there is one. */
export type AlignmentTree<P = Tensor> = Readonly<Partial<Record<ViewName, ViewEncoder<P>>>> & {
  /** What the kind of the structure encoder makes of a config; only that kind knows the names in it. */
  readonly structure: object;
  /** log(1/τ), `[1]`. */
  readonly logitScale?: P;
};

/** A model on a device with everything that turns materials into its input. */
export interface AlignmentModel {
  readonly device: Device;
  readonly config: ExperimentConfig;
  readonly parameters: Parameters<AlignmentTree<HostParameter>>;
  readonly structureEncoder: OpenStructureEncoder;
  readonly preprocessing: Preprocessing;
}

/** A freshly initialised model; the same seed gives the same parameters on every device. */
export function createModel(
  device: Device,
  config: ExperimentConfig,
  preprocessing: Preprocessing,
): AlignmentModel {
  const { structure, views, embeddingDim } = config.model;
  const kind = structureEncoderKind(structure);
  const [structureKey, ...viewKeys] = split(foldIn(key(config.seed), 0), 1 + VIEWS.length) as [Key, ...Key[]];
  const tree: AlignmentTree<HostParameter> = {
    structure: kind.init(structureKey, structure, {
      descriptors: preprocessing.descriptors?.mean.length ?? 0,
      embeddingDim,
    }),
    ...Object.fromEntries(
      viewsOf(config.model).map((view) => [
        view,
        initViewEncoder(viewKeys[VIEWS.indexOf(view)]!, view, views[view]!, embeddingDim),
      ]),
    ),
    ...learnedScale(config),
  };
  return {
    device,
    config,
    parameters: packParameters(device, tree),
    structureEncoder: kind.open(device, structure, config.graph.cutoffAngstrom),
    preprocessing,
  };
}

function learnedScale({ loss }: ExperimentConfig): { logitScale?: HostParameter } {
  if (!('learnTemperature' in loss) || !loss.learnTemperature) return {};
  return { logitScale: constant([1], Math.log(1 / loss.temperature)) };
}

/** Materials as the model's encoders take them, still on the host. */
export function modelBatch(model: AlignmentModel, materials: readonly PreparedMaterial[]): HostBatch {
  return hostBatch(materials, structureLayout(model), viewsOf(model.config.model), model.preprocessing);
}

/** How the model's structure encoder takes structures. */
export function structureLayout({
  config,
  preprocessing,
}: Pick<AlignmentModel, 'config' | 'preprocessing'>): StructureLayout {
  return {
    edges: structureEncoderKind(config.model.structure).edges,
    descriptors: preprocessing.descriptors ?? null,
  };
}

/**
 * Embeddings `[B, D]` of crystal structures.
 *
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 */
export function embedStructures(
  model: AlignmentModel,
  tree: Pick<AlignmentTree, 'structure'>,
  batch: StructureBatch,
  dropoutKey: RandomKey | null,
): Tensor {
  const { activationCheckpointing } = model.config.training;
  return model.device.layer('structure', () =>
    model.structureEncoder.embed(tree.structure, batch, dropoutKey, activationCheckpointing),
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
  const { views } = model.config.model;
  const keyOf = (stream: number): RandomKey | null => dropoutKey && foldIn(dropoutKey, stream);
  const embedOne = (view: ViewName): Tensor =>
    model.device.layer(view, () =>
      embedView(tree[view]!, view, batch.views[view]!, views[view]!, keyOf(1 + VIEWS.indexOf(view))),
    );
  return {
    structure: embedStructures(model, tree, batch, keyOf(0)),
    ...Object.fromEntries(viewsOf(model.config.model).map((view) => [view, embedOne(view)])),
  };
}

/** The alignment loss of one batch; modalities without a mask are present in every row. */
export function alignmentLoss(
  model: AlignmentModel,
  tree: AlignmentTree,
  batch: ModelBatch,
  presence: BatchPresence,
  dropoutKey: RandomKey | null,
): AlignmentLoss {
  return embeddingLoss(model, tree, embed(model, tree, batch, dropoutKey), presence, dropoutKey);
}

/**
 * The alignment loss of embeddings `[B, D]`; see {@link alignmentLoss}.
 *
 * @param key randomness of a loss that draws its negatives; `null` outside training
 */
export function embeddingLoss(
  model: AlignmentModel,
  tree: Pick<AlignmentTree, 'logitScale'>,
  embeddings: Embeddings,
  presence: BatchPresence,
  key: RandomKey | null,
): AlignmentLoss {
  const { loss } = model.config;
  const temperature = 'temperature' in loss ? loss.temperature : 1;
  const scale: LogitScale = tree.logitScale ? { logScale: tree.logitScale } : { temperature };
  return model.device.layer('loss', () => applyAlignmentLoss(embeddings, loss, { scale, presence, key }));
}
