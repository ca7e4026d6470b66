import type { AlignmentLoss, Embeddings } from '@bravais/losses';
import { z } from 'zod';
import type { AlignmentLossKind, LossCircumstances } from './alignment-loss-kind';
import { type AllPairsClipConfig, allPairsClipKind } from './all-pairs-clip';
import { type AnchoredClipConfig, anchoredClipKind } from './anchored-clip';
import { type BarlowTwinsConfig, barlowTwinsKind } from './barlow-twins';
import { type BarlowTwins3dConfig, barlowTwins3dKind } from './barlow-twins-3d';
import { type GramConfig, gramKind } from './gram';
import { type SiglipConfig, siglipKind } from './siglip';
import { type TensorClipConfig, tensorClipKind } from './tensor-clip';
import { type TopSingularConfig, topSingularKind } from './top-singular';

/** Which alignment loss, and its options. */
export type AlignmentLossConfig =
  | AllPairsClipConfig
  | AnchoredClipConfig
  | SiglipConfig
  | GramConfig
  | TopSingularConfig
  | BarlowTwinsConfig
  | TensorClipConfig
  | BarlowTwins3dConfig;

type Kind = AlignmentLossConfig['kind'];

/** Every loss that `loss.kind` may name. */
const KINDS: { readonly [K in Kind]: AlignmentLossKind<Extract<AlignmentLossConfig, { kind: K }>> } = {
  'all-pairs-clip': allPairsClipKind,
  'anchored-clip': anchoredClipKind,
  siglip: siglipKind,
  gram: gramKind,
  'top-singular': topSingularKind,
  'barlow-twins': barlowTwinsKind,
  'tensor-clip': tensorClipKind,
  'barlow-twins-3d': barlowTwins3dKind,
};

const [first, ...others] = Object.values(KINDS).map(({ schema }) => schema);

/** Checks `loss` by its kind and fills in the defaults of that kind. */
export const alignmentLossSchema: z.ZodType<AlignmentLossConfig> = z
  .discriminatedUnion('kind', [first!, ...others])
  .describe('The alignment loss.');

/** The loss of embeddings that a config names. */
export function applyAlignmentLoss(
  embeddings: Embeddings,
  config: AlignmentLossConfig,
  circumstances: LossCircumstances,
): AlignmentLoss {
  return kindOf(config).apply(embeddings, config, circumstances);
}

/** Modalities that a config's loss needs. */
export function leastModalities(config: AlignmentLossConfig): number {
  return kindOf(config).leastModalities;
}

/** Groups of modalities that a config's loss contrasts. */
export function contrastedGroups(
  config: AlignmentLossConfig,
  modalities: readonly string[],
): readonly (readonly string[])[] {
  return kindOf(config).groups(modalities, config);
}

/** The loss in words, `all-pairs-clip, temperature 0.07, learned`; `none` where an experiment has targets alone. */
export function describeAlignmentLoss(config: AlignmentLossConfig | undefined): string {
  if (!config) return 'none';
  if (!('temperature' in config)) return config.kind;
  return `${config.kind}, temperature ${config.temperature}${config.learnTemperature ? ', learned' : ''}`;
}

function kindOf({ kind }: AlignmentLossConfig): AlignmentLossKind<AlignmentLossConfig> {
  return KINDS[kind];
}

export type {
  AllPairsClipConfig,
  AnchoredClipConfig,
  BarlowTwins3dConfig,
  BarlowTwinsConfig,
  GramConfig,
  SiglipConfig,
  TensorClipConfig,
  TopSingularConfig,
};
