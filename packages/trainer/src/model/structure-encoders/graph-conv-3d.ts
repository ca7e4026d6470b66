import { type GraphConv3d, gaussianBasis, graphConv3d, initGraphConv3d } from '@bravais/graph-nn';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import type { LocalBatch } from '../model-batch';
import { bins, elementProperties, pooling } from './fields';
import { type SiteOptions, siteConstants, siteSizes } from './site-options';
import type { StructureEncoderKind } from './structure-encoder-kind';

/** Graph convolutional network in three dimensions (Kipf and Welling, ICLR 2017). */
export interface GraphConv3dConfig extends SiteOptions {
  readonly kind: 'graph-conv-3d';
  /** Features of an atom. */
  readonly width: number;
  readonly convolutions: number;
}

/** {@link graphConv3d} in an experiment: local edges. */
export const graphConv3dKind: StructureEncoderKind<GraphConv3dConfig, GraphConv3d, LocalBatch> = {
  schema: z
    .strictObject({
      kind: z
        .literal('graph-conv-3d')
        .describe('Graph convolutional network over normalised strengths of edges (ICLR 2017).'),
      width: count(16_384).default(128).describe('Features of an atom.'),
      convolutions: count(64).default(3).describe('Graph convolutions, one after the other.'),
      distanceBins: bins().default(40).describe('Gaussian centres that expand an interatomic distance.'),
      pooling: pooling(),
      elementProperties: elementProperties(),
      dropout: dropout(),
    })
    .describe('Graph convolutional network in three dimensions.'),
  edges: 'local',
  takesSiteFeatures: false,
  descriptors: () => 'none',
  takesFormulas: () => false,
  describeDepth: ({ convolutions }) => `${convolutions} convolutions`,
  init: (key, { width, convolutions, ...rest }, { embeddingDim }) =>
    initGraphConv3d(key, { width, convolutions, embeddingDim, ...siteSizes(rest) }),
  open(device, config, cutoffAngstrom) {
    const basis = gaussianBasis(device, config.distanceBins, cutoffAngstrom);
    const constants = { basis, ...siteConstants(device, config) };
    return {
      embed: (parameters, { graph }, dropoutKey, checkpointed) =>
        graphConv3d(parameters, { graph, ...constants }, config.dropout, dropoutKey, checkpointed),
    };
  },
};
