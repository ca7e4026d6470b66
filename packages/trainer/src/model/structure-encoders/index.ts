import { z } from 'zod';
import { type CgcnnConfig, cgcnnKind } from './cgcnn';
import { type CognConfig, cognKind } from './cogn';
import { type CompositionConfig, compositionKind } from './composition';
import { type GraphConv3dConfig, graphConv3dKind } from './graph-conv-3d';
import { type PotnetConfig, potnetKind } from './potnet';
import type { StructureEncoderKind } from './structure-encoder-kind';

/** Which encoder of crystal structures, and its sizes. */
export type StructureEncoderConfig =
  | CgcnnConfig
  | CognConfig
  | PotnetConfig
  | GraphConv3dConfig
  | CompositionConfig;

type Kind = StructureEncoderConfig['kind'];

/** Every encoder that `model.structure.kind` may name. */
const KINDS: { readonly [K in Kind]: StructureEncoderKind<Extract<StructureEncoderConfig, { kind: K }>> } = {
  cgcnn: cgcnnKind,
  cogn: cognKind,
  potnet: potnetKind,
  'graph-conv-3d': graphConv3dKind,
  composition: compositionKind,
};

const [first, ...others] = Object.values(KINDS).map(({ schema }) => schema);

/** Checks `model.structure` by its kind and fills in the defaults of that kind. */
export const structureSchema: z.ZodType<StructureEncoderConfig> = z
  .discriminatedUnion('kind', [first!, ...others])
  .describe('Encoder of the crystal structure.');

/** The encoder that a config names. */
export function structureEncoderKind({
  kind,
}: Pick<StructureEncoderConfig, 'kind'>): StructureEncoderKind<StructureEncoderConfig> {
  return KINDS[kind];
}

/** The encoder in words, `cogn, width 128, 4 blocks`. */
export function describeStructureEncoder(config: StructureEncoderConfig): string {
  return `${config.kind}, width ${config.width}, ${structureEncoderKind(config).describeDepth(config)}`;
}

export type { CgcnnConfig, CognConfig, CompositionConfig, GraphConv3dConfig, PotnetConfig };
