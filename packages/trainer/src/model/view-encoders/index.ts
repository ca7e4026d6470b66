import type { ViewForm } from '@bravais/datasets';
import { z } from 'zod';
import { type BagOfWordsConfig, bagOfWordsKind } from './bag-of-words';
import { type CnnConfig, cnnKind } from './cnn';
import { type ImageCnnConfig, imageCnnKind } from './image-cnn';
import { type MlpViewConfig, mlpKind } from './mlp';
import { type SpectrumTransformerConfig, spectrumTransformerKind } from './spectrum-transformer';
import { type TextTransformerConfig, textTransformerKind } from './text-transformer';
import type { ViewEncoderKind } from './view-encoder-kind';

/** Which encoder of a view, and its sizes. */
export type ViewEncoderConfig =
  | MlpViewConfig
  | BagOfWordsConfig
  | SpectrumTransformerConfig
  | CnnConfig
  | ImageCnnConfig
  | TextTransformerConfig;

type Kind = ViewEncoderConfig['kind'];

/** Every encoder that `model.views.<view>.kind` may name, where it takes the form of the view. */
const KINDS: { readonly [K in Kind]: ViewEncoderKind<Extract<ViewEncoderConfig, { kind: K }>> } = {
  mlp: mlpKind,
  'bag-of-words': bagOfWordsKind,
  'spectrum-transformer': spectrumTransformerKind,
  cnn: cnnKind,
  'image-cnn': imageCnnKind,
  'text-transformer': textTransformerKind,
};

/** Checks an encoder of a view of this form by its kind and fills in the defaults of that kind. */
export function viewEncoderSchema({ kind: form }: ViewForm): z.ZodType<ViewEncoderConfig> {
  const [first, ...others] = Object.values(KINDS)
    .filter(({ accepts }) => accepts.includes(form))
    .map(({ schema }) => schema);
  return z.discriminatedUnion('kind', [first!, ...others]).describe('Encoder of the view.');
}

/** The encoder that a config names. */
export function viewEncoderKind({
  kind,
}: Pick<ViewEncoderConfig, 'kind'>): ViewEncoderKind<ViewEncoderConfig> {
  return KINDS[kind];
}

/** The encoder in words, `mlp, width 256, 2 layers`. */
export function describeViewEncoder(config: ViewEncoderConfig): string {
  return `${config.kind}, ${viewEncoderKind(config).describe(config)}`;
}

export type {
  BagOfWordsConfig,
  CnnConfig,
  ImageCnnConfig,
  MlpViewConfig,
  SpectrumTransformerConfig,
  TextTransformerConfig,
};
