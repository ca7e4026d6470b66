import { PHONON_DOS_BINS } from '@bravais/datasets';
import { initSpectrumMlp, type SpectrumMlp, spectrumMlp } from '@bravais/encoders';
import { allPairsClip, type Embeddings, type LogitScale } from '@bravais/losses';
import type { Device, Tensor } from '@bravais/tensor-core';
import { constant, type HostParameter, type Parameters, packParameters } from '@bravais/tensor-core/nn';
import { foldIn, type Key, key, type RandomKey, split } from '@bravais/tensor-core/random';
import type { ExperimentConfig } from '../config';
import type { PreparedMaterial } from '../data/prepare';
import type { Standardizer } from '../data/standardizer';
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

/** One encoder per modality, and the loss's learned temperature where there is one. */
export interface AlignmentTree<P = Tensor> {
  /** What the kind of the structure encoder makes of a config; only that kind knows the names in it. */
  readonly structure: object;
  readonly phononDos: SpectrumMlp<P>;
  /** log(1/τ), `[1]`. */
  readonly logitScale?: P;
}

/** A model on a device with everything that turns materials into its input. */
export interface AlignmentModel {
  readonly device: Device;
  readonly config: ExperimentConfig;
  readonly parameters: Parameters<AlignmentTree<HostParameter>>;
  readonly structureEncoder: OpenStructureEncoder;
  /** `null` where the structure encoder takes no descriptors. */
  readonly descriptors: Standardizer | null;
}

/** Names of the modalities, in the order of reports. */
export const MODALITIES = ['structure', 'phononDos'] as const;

/** A freshly initialised model; the same seed gives the same parameters on every device. */
export function createModel(
  device: Device,
  config: ExperimentConfig,
  descriptors: Standardizer | null,
): AlignmentModel {
  const { structure, spectrum, embeddingDim } = config.model;
  const kind = structureEncoderKind(structure);
  const [structureKey, spectrumKey] = split(foldIn(key(config.seed), 0), 2) as [Key, Key];
  const tree: AlignmentTree<HostParameter> = {
    structure: kind.init(structureKey, structure, {
      descriptors: descriptors?.mean.length ?? 0,
      embeddingDim,
    }),
    phononDos: initSpectrumMlp(spectrumKey, {
      bins: PHONON_DOS_BINS.count,
      width: spectrum.width,
      layers: spectrum.layers,
      embeddingDim,
    }),
    ...(config.loss.learnTemperature
      ? { logitScale: constant([1], Math.log(1 / config.loss.temperature)) }
      : {}),
  };
  return {
    device,
    config,
    parameters: packParameters(device, tree),
    structureEncoder: kind.open(device, structure, config.graph.cutoffAngstrom),
    descriptors,
  };
}

/** Materials as the model's encoders take them, still on the host. */
export function modelBatch(model: AlignmentModel, materials: readonly PreparedMaterial[]): HostBatch {
  return hostBatch(materials, structureLayout(model), PHONON_DOS_BINS.count);
}

/** How the model's structure encoder takes structures. */
export function structureLayout({
  config,
  descriptors,
}: Pick<AlignmentModel, 'config' | 'descriptors'>): StructureLayout {
  return { edges: structureEncoderKind(config.model.structure).edges, descriptors };
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
  const { dropout } = model.config.model.spectrum;
  const keyOf = (stream: number): RandomKey | null => dropoutKey && foldIn(dropoutKey, stream);
  return {
    structure: embedStructures(model, tree, batch, keyOf(0)),
    phononDos: model.device.layer('phononDos', () =>
      spectrumMlp(tree.phononDos, batch.phononDos, dropout, keyOf(1)),
    ),
  };
}

/** The alignment loss of one batch, a scalar; modalities without a mask are present in every row. */
export function alignmentLoss(
  model: AlignmentModel,
  tree: AlignmentTree,
  batch: ModelBatch,
  presence: Partial<BatchPresence>,
  dropoutKey: RandomKey | null,
): Tensor {
  return embeddingLoss(model, tree, embed(model, tree, batch, dropoutKey), presence);
}

/** The alignment loss of embeddings `[B, D]`; see {@link alignmentLoss}. */
export function embeddingLoss(
  model: AlignmentModel,
  tree: Pick<AlignmentTree, 'logitScale'>,
  embeddings: Embeddings,
  presence: Partial<BatchPresence>,
): Tensor {
  const scale: LogitScale = tree.logitScale
    ? { logScale: tree.logitScale }
    : { temperature: model.config.loss.temperature };
  return model.device.layer('loss', () => allPairsClip(embeddings, { ...scale, presence }).total);
}
