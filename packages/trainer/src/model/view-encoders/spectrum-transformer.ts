import {
  initSpectrumTransformer,
  type SpectrumTransformer,
  type SpectrumTransformerOptions,
  spectrumTransformer,
} from '@bravais/encoders';
import type { Tensor } from '@bravais/tensor-core';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import { attributedRow } from './attributed-array';
import { describeTransformer, type TransformerSizes, transformerFields } from './transformer-sizes';
import type { ViewEncoderKind } from './view-encoder-kind';
import { fitExtents, flatLength, flatRows } from './view-extents';

/** Attention between patches of a spectrum. */
export interface SpectrumTransformerConfig extends TransformerSizes {
  readonly kind: 'spectrum-transformer';
  /** Neighbouring bins that make a token. */
  readonly patch: number;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/** z = transformer over patches of a spectrum, in an experiment: `spectrumTransformer` of the encoders, pooled by the mean. */
export const spectrumTransformerKind: ViewEncoderKind<
  SpectrumTransformerConfig,
  SpectrumTransformer,
  { readonly values: Tensor }
> = {
  schema: z
    .strictObject({
      kind: z.literal('spectrum-transformer').describe('Attention between patches of a spectrum.'),
      patch: count(4096).default(10).describe('Neighbouring bins that make a token.'),
      ...transformerFields,
      dropout: dropout(),
    })
    .describe('Attention between patches of a spectrum.'),
  accepts: ['spectrum'],
  describe: (config) => `${describeTransformer(config)}, patches of ${config.patch} bins`,
  fit: (_, source, values) => fitExtents(source, values),
  init: (key, config, source, embeddingDim) =>
    initSpectrumTransformer(key, optionsOf(config, flatLength(source), embeddingDim)),
  layOut: (_, source, column) => ({
    values: { shape: [column.length, flatLength(source)], values: flatRows(source, column) },
  }),
  attributed: (config, source, own) =>
    attributedRow(spectrumTransformerKind.layOut(config, source, [own]), 'values', 'no intensity'),
  open: (_, config, source) => ({
    embed(parameters, { values }, dropoutKey) {
      const options = optionsOf(config, flatLength(source), parameters.head.weight.shape[0]!);
      return spectrumTransformer(parameters, values, options, config.dropout, dropoutKey);
    },
  }),
};

function optionsOf(
  { patch, features, heads, headFeatures, hidden, blocks }: SpectrumTransformerConfig,
  bins: number,
  embeddingDim: number,
): SpectrumTransformerOptions {
  return { bins, patch, features, heads, headFeatures, hidden, blocks, embeddingDim };
}
