import type { Device, Tensor } from '@bravais/tensor-core';
import type { Key, RandomKey } from '@bravais/tensor-core/random';
import type { z } from 'zod';
import type { StructureBatch } from '../model-batch';

/** Numbers of a whole crystal beside its graph. */
export type DescriptorChoice = 'none' | 'statistics' | 'springs' | 'promolecule';

/** Extents of parameters that an encoder's own config does not say. */
export interface StructureExtents {
  /** Length of the descriptor vector; 0 where the encoder takes none. */
  readonly descriptors: number;
  /** Features of a site that the graphs have; 0 where they have none. */
  readonly siteFeatures: number;
  /** Length of an embedding, D. */
  readonly embeddingDim: number;
}

/** An encoder with what it needs on a device beside parameters and a batch. */
export interface OpenStructureEncoder<T extends object = object, B extends StructureBatch = StructureBatch> {
  /**
   * Embeddings `[G, D]` of a batch of G crystals.
   *
   * @param dropoutKey randomness of this step's dropout; `null` outside training
   * @param checkpointed computes the inside of the convolutions again for the gradient
   */
  embed(parameters: T, batch: B, dropoutKey: RandomKey | null, checkpointed: boolean): Tensor;
}

/**
 * An encoder of crystal structures that an experiment can name: C its config, T its parameters, B what it sees of a batch.
 *
 * A new one is a file that makes such an object, and its name in the registry beside this file.
 */
export interface StructureEncoderKind<
  C extends { readonly kind: string },
  T extends object = object,
  B extends StructureBatch = StructureBatch,
> {
  /** Checks the config and fills in its defaults. */
  readonly schema: z.ZodType<C> & z.core.$ZodTypeDiscriminable;
  /** `none`: it sees sites alone; `infinite`: edges from whole sublattices beside those from neighbours. */
  readonly edges: 'none' | 'local' | 'infinite';
  /** Whether sites may start with features of the angles between their neighbours. */
  readonly takesSiteFeatures: boolean;
  /**
   * What it joins to what the graph says: nothing, statistics of composition and geometry, or as well the Einstein spectrum of simulated springs or
   * features of the promolecule's density.
   */
  descriptors(config: C): DescriptorChoice;
  /** Whether a material of which only the formula is known takes part, by what its elements say. */
  takesFormulas(config: C): boolean;
  /** Its depth in words, `3 convolutions`. */
  describeDepth(config: C): string;
  /** Initial parameters; the same key gives the same ones. */
  init(key: Key, config: C, extents: StructureExtents): object;
  /** Tensors that it makes belong to the caller's scope. */
  open(device: Device, config: C, cutoffAngstrom: number): OpenStructureEncoder<T, B>;
}
