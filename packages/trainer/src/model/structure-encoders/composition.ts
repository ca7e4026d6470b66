import { type Composition, composition, initComposition } from '@bravais/graph-nn';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import type { LocalBatch } from '../model-batch';
import { elementColumns, uploadElements } from './element-rows';
import { elementProperties } from './fields';
import type { StructureEncoderKind } from './structure-encoder-kind';

/** Baseline that sees shares of elements and no structure. */
export interface CompositionConfig {
  readonly kind: 'composition';
  /** Features of an element and of the hidden layers. */
  readonly width: number;
  /** Hidden layers. */
  readonly layers: number;
  /** Add tabulated properties of an element to the row that is learned for it. */
  readonly elementProperties: boolean;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/** {@link composition} in an experiment: polymorphs embed alike, so what others score above it they learn from structure. */
export const compositionKind: StructureEncoderKind<CompositionConfig, Composition, LocalBatch> = {
  schema: z
    .strictObject({
      kind: z.literal('composition').describe('Shares of elements alone, the baseline without structure.'),
      width: count(16_384).default(128).describe('Features of an element and of the hidden layers.'),
      layers: count(64).default(2).describe('Hidden layers.'),
      elementProperties: elementProperties(),
      dropout: dropout(),
    })
    .describe('Shares of elements alone.'),
  edges: 'none',
  takesSiteFeatures: false,
  descriptors: () => 'none',
  takesFormulas: () => false,
  describeDepth: ({ layers }) => `${layers} layers`,
  init: (key, { width, layers, elementProperties }, { embeddingDim }) =>
    initComposition(key, {
      width,
      layers,
      elementProperties: elementColumns(elementProperties),
      embeddingDim,
    }),
  open(device, { elementProperties, dropout }) {
    const constants = uploadElements(device, elementProperties);
    return {
      embed: (parameters, { graph }, dropoutKey) =>
        composition(parameters, { graph, ...constants }, dropout, dropoutKey),
    };
  },
};
