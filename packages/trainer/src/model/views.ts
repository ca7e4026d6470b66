import { VIEW_LENGTHS, type ViewName } from '@bravais/datasets';
import { initSpectrumMlp, type SpectrumMlp, spectrumMlp } from '@bravais/encoders';
import type { Tensor } from '@bravais/tensor-core';
import { type HostParameter, initMlp, type Mlp, mlp } from '@bravais/tensor-core/nn';
import type { Key, RandomKey } from '@bravais/tensor-core/random';
import type { ModelConfig, ViewEncoderConfig } from '../config';

/** Views that are vectors of any scale and sign, standardised by the training split; the others are spectra of maximum 1. */
export const VECTOR_VIEWS: ReadonlySet<ViewName> = new Set(['chargeDensity', 'text']);

/** Every view besides the structure, in the order of reports. */
export const VIEWS = Object.keys(VIEW_LENGTHS) as readonly ViewName[];

/** The views besides the structure that a model aligns. */
export function viewsOf({ views }: Pick<ModelConfig, 'views'>): ViewName[] {
  return VIEWS.filter((view) => views[view] !== undefined);
}

/** Names of the modalities that a model aligns, in the order of reports. */
export function modalitiesOf(model: Pick<ModelConfig, 'views'>): string[] {
  return ['structure', ...viewsOf(model)];
}

/** Parameters of a view's encoder. */
export type ViewEncoder<P = Tensor> = SpectrumMlp<P> | Mlp<P>;

/** Initial parameters of a view's encoder. */
export function initViewEncoder(
  key: Key,
  view: ViewName,
  { width, layers }: ViewEncoderConfig,
  embeddingDim: number,
): ViewEncoder<HostParameter> {
  const length = VIEW_LENGTHS[view];
  if (!VECTOR_VIEWS.has(view)) return initSpectrumMlp(key, { bins: length, width, layers, embeddingDim });
  return initMlp(key, [length, ...new Array<number>(layers).fill(width), embeddingDim]);
}

/** Embeddings `[B, D]` of a view `[B, length]`. */
export function embedView(
  parameters: ViewEncoder,
  view: ViewName,
  values: Tensor,
  { dropout }: ViewEncoderConfig,
  dropoutKey: RandomKey | null,
): Tensor {
  const encode = VECTOR_VIEWS.has(view) ? mlp : spectrumMlp;
  return encode(parameters, values, dropout, dropoutKey);
}

/** The encoder of a view in words, `mlp, width 256, 2 layers`. */
export function describeViewEncoder({ kind, width, layers }: ViewEncoderConfig): string {
  return `${kind}, width ${width}, ${layers} layers`;
}
