import { type Cogn, cogn, initCogn, type Pooling } from '@bravais/graph-nn';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import type { LocalBatch } from '../model-batch';
import { type DistanceBasis, distanceBasis, openBasis } from './distance-basis';
import { elementColumns, uploadElements } from './element-rows';
import { bins, elementProperties, pooling, widthInFours } from './fields';
import type { StructureEncoderKind } from './structure-encoder-kind';

/** Connectivity optimized network with states on edges, coGN (Ruff et al., Digital Discovery 3, 594). */
export interface CognConfig {
  readonly kind: 'cogn';
  /** Features of an atom and of an edge, a multiple of 4. */
  readonly width: number;
  readonly blocks: number;
  /** Layers of the network that makes the messages. */
  readonly edgeLayers: number;
  /** Features of an interatomic distance. */
  readonly distanceBins: number;
  /** Which; `'gaussian'` where left out. */
  readonly basis?: DistanceBasis;
  /** How atoms become a crystal; `'mean'` where left out. */
  readonly pooling?: Pooling;
  /** Add tabulated properties of an element to the row that is learned for it. */
  readonly elementProperties: boolean;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/** {@link cogn} in an experiment: local edges. */
export const cognKind: StructureEncoderKind<CognConfig, Cogn, LocalBatch> = {
  schema: z
    .strictObject({
      kind: z.literal('cogn').describe('Network with states on edges, coGN (Digital Discovery 3, 594).'),
      width: widthInFours().default(128),
      blocks: count(64).default(4).describe('Blocks of messages and updates, one after the other.'),
      edgeLayers: count(16).default(3).describe('Layers of the network that makes the messages.'),
      distanceBins: bins().default(40).describe('Features of an interatomic distance.'),
      basis: distanceBasis(),
      pooling: pooling(),
      elementProperties: elementProperties(),
      dropout: dropout(),
    })
    .describe('Network with states on nodes and edges, coGN.'),
  edges: 'local',
  takesSiteFeatures: true,
  takesDescriptors: () => false,
  describeDepth: ({ blocks }) => `${blocks} blocks`,
  init: (key, { width, blocks, edgeLayers, distanceBins, elementProperties, pooling }, extents) =>
    initCogn(key, {
      width,
      blocks,
      edgeLayers,
      distanceBins,
      elementProperties: elementColumns(elementProperties),
      embeddingDim: extents.embeddingDim,
      siteFeatures: extents.siteFeatures,
      ...(pooling ? { pooling } : {}),
    }),
  open(device, config, cutoffAngstrom) {
    const { elementProperties, dropout, pooling } = config;
    const constants = {
      basis: openBasis(device, config, cutoffAngstrom),
      ...uploadElements(device, elementProperties),
      ...(pooling ? { pooling } : {}),
    };
    return {
      embed: (parameters, { graph }, dropoutKey, checkpointed) =>
        cogn(parameters, { graph, ...constants }, dropout, dropoutKey, checkpointed),
    };
  },
};
