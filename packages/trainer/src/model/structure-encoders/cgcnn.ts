import { type Cgcnn, cgcnn, initCgcnn, type Pooling } from '@bravais/graph-nn';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import type { LocalBatch } from '../model-batch';
import { type DistanceBasis, distanceBasis, openBasis } from './distance-basis';
import { bins, pooling, widthInFours } from './fields';
import type { StructureEncoderKind } from './structure-encoder-kind';

/** Crystal graph convolutional network (Xie and Grossman, PRL 120, 145301). */
export interface CgcnnConfig {
  readonly kind: 'cgcnn';
  /** Features of an atom, a multiple of 4. */
  readonly width: number;
  readonly convolutions: number;
  /** Features of an interatomic distance. */
  readonly distanceBins: number;
  /** Which; `'gaussian'` where left out. */
  readonly basis?: DistanceBasis;
  /** How atoms become a crystal; `'mean'` where left out. */
  readonly pooling?: Pooling;
  /**
   * Join statistics of composition and geometry to the pooled atoms; `'springs'`: and the Einstein spectrum of simulated springs; `'promolecule'`:
   * and features of the promolecule's density.
   */
  readonly descriptors: boolean | 'springs' | 'promolecule';
  /** Embed a material without structure by its formula: its elements without neighbours, its geometry at the training mean. */
  readonly formulas?: boolean;
  /** Features of the network over those statistics. */
  readonly descriptorWidth: number;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/** {@link cgcnn} in an experiment: local edges, and descriptors where the config asks for them. */
export const cgcnnKind: StructureEncoderKind<CgcnnConfig, Cgcnn, LocalBatch> = {
  schema: z
    .strictObject({
      kind: z.literal('cgcnn').describe('Crystal graph convolutional network (PRL 120, 145301).'),
      width: widthInFours().default(64),
      convolutions: count(64).default(3).describe('Graph convolutions, one after the other.'),
      distanceBins: bins().default(40).describe('Features of an interatomic distance.'),
      basis: distanceBasis(),
      pooling: pooling(),
      descriptors: z
        .union([z.boolean(), z.enum(['springs', 'promolecule'])])
        .default(true)
        .describe(
          'Join statistics of composition and geometry to the pooled atoms. springs: and the spectrum of atoms that move one by one on simulated springs. promolecule: and what the densities of neutral atoms in their places add up to, as features of a charge density; not the same for a supercell.',
        ),
      formulas: z
        .boolean()
        .exactOptional()
        .describe(
          'Embed a material without structure by its formula: its elements without neighbours, its geometry at the training mean.',
        ),
      descriptorWidth: count(16_384).default(256).describe('Features of the network over those statistics.'),
      dropout: dropout(),
    })
    .describe('Crystal graph convolutional network.'),
  edges: 'local',
  takesSiteFeatures: true,
  descriptors: ({ descriptors }) => {
    if (typeof descriptors === 'string') return descriptors;
    return descriptors ? 'statistics' : 'none';
  },
  takesFormulas: ({ formulas = false }) => formulas,
  describeDepth: ({ convolutions }) => `${convolutions} convolutions`,
  init: (key, { width, convolutions, distanceBins, descriptorWidth, pooling }, extents) =>
    initCgcnn(key, {
      width,
      convolutions,
      distanceBins,
      descriptorWidth,
      ...extents,
      ...(pooling ? { pooling } : {}),
    }),
  open(device, config, cutoffAngstrom) {
    const { dropout, pooling } = config;
    const constants = {
      basis: openBasis(device, config, cutoffAngstrom),
      ...(pooling ? { pooling } : {}),
    };
    return {
      embed: (parameters, batch, dropoutKey, checkpointed) =>
        cgcnn(parameters, { ...batch, ...constants }, dropout, dropoutKey, checkpointed),
    };
  },
};
