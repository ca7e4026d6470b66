import { initSpectrumMlp, spectrumMlp } from '@bravais/encoders';
import type { Tensor } from '@bravais/tensor-core';
import { initMlp, type Mlp, mlp } from '@bravais/tensor-core/nn';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import { fitStandardizer, type Standardizer, standardize } from '../../data';
import { attributedRow } from './attributed-array';
import type { FittedView, ViewEncoderKind } from './view-encoder-kind';
import { fitExtents, flatLength, flatView } from './view-extents';

/** Multilayer perceptron over the numbers of a view of fixed size. */
export interface MlpViewConfig {
  readonly kind: 'mlp';
  /** Features of a hidden layer. */
  readonly width: number;
  /** Hidden layers. */
  readonly layers: number;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/**
 * z = MLP(x) in an experiment: of a spectrum p, x = [p, √p]; of other forms x are their numbers in a row, standardised by the training
 * split. For grids and images it is the baseline that knows nothing of neighbouring points.
 */
export const mlpKind: ViewEncoderKind<MlpViewConfig, Mlp, { readonly values: Tensor }> = {
  schema: z
    .strictObject({
      kind: z.literal('mlp').describe('Multilayer perceptron over the values of the view.'),
      width: count(16_384).default(256).describe('Features of a hidden layer.'),
      layers: count(64).default(2).describe('Hidden layers.'),
      dropout: dropout(),
    })
    .describe('Multilayer perceptron over the values of the view.'),
  accepts: ['spectrum', 'vector', 'grid', 'image'],
  describe: ({ width, layers }) => `width ${width}, ${layers} layers`,
  fit(_, source, values) {
    const extents = fitExtents(source, values);
    if (source.form.kind === 'spectrum' || values.length === 0) return extents;
    const whole = { ...source, fitted: extents };
    return {
      ...fitStandardizer(values.map((value) => flatView(whole, 'training split', value))),
      ...extents,
    };
  },
  init(key, { width, layers }, source, embeddingDim) {
    const inputs = flatLength(source);
    return source.form.kind === 'spectrum'
      ? initSpectrumMlp(key, { bins: inputs, width, layers, embeddingDim })
      : initMlp(key, [inputs, ...new Array<number>(layers).fill(width), embeddingDim]);
  },
  layOut(_, source, column) {
    const length = flatLength(source);
    const standardizer = standardizerOf(source.fitted);
    const values = new Float32Array(column.length * length);
    column.forEach(({ id, value }, row) => {
      if (value === undefined) return;
      const own = flatView(source, id, value);
      values.set(standardizer ? standardize(standardizer, [own]) : own, row * length);
    });
    return { values: { shape: [column.length, length], values } };
  },
  attributed: (config, source, own) =>
    attributedRow(
      mlpKind.layOut(config, source, [own]),
      'values',
      source.form.kind === 'spectrum' ? 'no intensity' : 'the mean of the training split',
    ),
  open: (_, { dropout }, { form }) => ({
    embed: (parameters, { values }, dropoutKey) =>
      (form.kind === 'spectrum' ? spectrumMlp : mlp)(parameters, values, dropout, dropoutKey),
  }),
};

function standardizerOf({ mean, scale }: FittedView): Standardizer | null {
  return mean && scale ? { mean: mean as Float32Array, scale: scale as Float32Array } : null;
}
