import { initPotnet, type Potnet, potnet, potnetBasis } from '@bravais/graph-nn';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import type { InfiniteBatch } from '../model-batch';
import { bins, widthInFours } from './fields';
import type { StructureEncoderKind } from './structure-encoder-kind';

/** Network over neighbours and potentials of the infinite lattice (Lin et al., ICML 2023). */
export interface PotnetConfig {
  readonly kind: 'potnet';
  /** Features of an atom and of an edge, a multiple of 4. */
  readonly width: number;
  readonly convolutions: number;
  /** Gaussian features of a local edge. */
  readonly distanceBins: number;
  /** Multiquadric features of an infinite edge. */
  readonly potentialBins: number;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/** {@link potnet} in an experiment: local and infinite edges, atoms pooled by their mean. */
export const potnetKind: StructureEncoderKind<PotnetConfig, Potnet, InfiniteBatch> = {
  schema: z
    .strictObject({
      kind: z
        .literal('potnet')
        .describe('Neighbours and potentials of the infinite lattice, PotNet (ICML 2023).'),
      width: widthInFours().default(256),
      convolutions: count(64).default(3).describe('Graph convolutions, one after the other.'),
      distanceBins: bins().default(128).describe('Gaussian features of a local edge.'),
      potentialBins: bins().default(64).describe('Multiquadric features of an infinite edge.'),
      dropout: dropout(),
    })
    .describe('Neighbours and potentials of the infinite lattice, PotNet.'),
  edges: 'infinite',
  takesSiteFeatures: false,
  descriptors: () => 'none',
  takesFormulas: () => false,
  describeDepth: ({ convolutions }) => `${convolutions} convolutions`,
  init: (key, { width, convolutions, distanceBins, potentialBins }, { embeddingDim }) =>
    initPotnet(key, { width, convolutions, distanceBins, potentialBins, embeddingDim }),
  open(device, { distanceBins, potentialBins, dropout }) {
    const basis = potnetBasis(device, { distanceBins, potentialBins });
    return {
      embed: (parameters, { potentialGraph }, dropoutKey, checkpointed) =>
        potnet(parameters, { graph: potentialGraph, basis }, dropout, dropoutKey, checkpointed),
    };
  },
};
