import { type Cogn, cogn, initCogn } from '@bravais/graph-nn';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import type { LocalBatch } from '../model-batch';
import { type DistanceBasis, distanceBasis, openBasis } from './distance-basis';
import { bins, elementProperties, pooling, widthInFours } from './fields';
import { type SiteOptions, siteConstants, siteSizes } from './site-options';
import type { StructureEncoderKind } from './structure-encoder-kind';

/** Connectivity optimized network with states on edges, coGN (Ruff et al., Digital Discovery 3, 594). */
export interface CognConfig extends SiteOptions {
  readonly kind: 'cogn';
  /** Features of an atom and of an edge, a multiple of 4. */
  readonly width: number;
  readonly blocks: number;
  /** Layers of the network that makes the messages. */
  readonly edgeLayers: number;
  /** Which; `'gaussian'` where left out. */
  readonly basis?: DistanceBasis;
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
  descriptors: () => 'none',
  takesFormulas: () => false,
  describeDepth: ({ blocks }) => `${blocks} blocks`,
  init: (key, { width, blocks, edgeLayers, ...rest }, { embeddingDim, siteFeatures }) =>
    initCogn(key, { width, blocks, edgeLayers, embeddingDim, siteFeatures, ...siteSizes(rest) }),
  open(device, config, cutoffAngstrom) {
    const basis = openBasis(device, config, cutoffAngstrom);
    const constants = { basis, ...siteConstants(device, config) };
    return {
      embed: (parameters, { graph }, dropoutKey, checkpointed) =>
        cogn(parameters, { graph, ...constants }, config.dropout, dropoutKey, checkpointed),
    };
  },
};
