import { type ImageCnn, imageCnn, initImageCnn } from '@bravais/encoders';
import type { Tensor } from '@bravais/tensor-core';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import { attributedRow } from './attributed-array';
import type { ViewEncoderKind } from './view-encoder-kind';
import { extentsOf, fitExtents, flatRows } from './view-extents';

/** Residual convolutions over an image. */
export interface ImageCnnConfig {
  readonly kind: 'image-cnn';
  /** Channels of each stage, each at half the resolution of the one before. */
  readonly widths: readonly number[];
  /** Residual blocks of each stage. */
  readonly blocksPerStage: number;
  /** Convolves channel by channel and then across channels. */
  readonly depthwise: boolean;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/** z = CNN of a grey image in an experiment: `imageCnn` of the encoders on images of one size, black 0 and white 1. */
export const imageCnnKind: ViewEncoderKind<ImageCnnConfig, ImageCnn, { readonly image: Tensor }> = {
  schema: z
    .strictObject({
      kind: z.literal('image-cnn').describe('Residual convolutions over the image.'),
      widths: z
        .array(count(4096))
        .min(1)
        .max(8)
        .default([32, 64, 128])
        .describe('Channels of each stage, each at half the resolution of the one before.'),
      blocksPerStage: count(64).default(1).describe('Residual blocks of each stage.'),
      depthwise: z
        .boolean()
        .default(false)
        .describe('Convolve channel by channel and then across channels: a fraction of the parameters.'),
      dropout: dropout(),
    })
    .describe('Residual convolutions over the image.'),
  accepts: ['image'],
  describe: ({ widths, blocksPerStage, depthwise }) =>
    `widths ${widths.join(', ')}, ${blocksPerStage} blocks a stage${depthwise ? ', depthwise' : ''}`,
  fit: (_, source, values) => fitExtents(source, values),
  init: (key, { widths, blocksPerStage, depthwise }, _, embeddingDim) =>
    initImageCnn(key, { channels: 1, widths, blocksPerStage, depthwise, embeddingDim }),
  layOut: (_, source, column) => ({
    image: { shape: [column.length, ...extentsOf(source), 1], values: flatRows(source, column) },
  }),
  attributed: (config, source, own) =>
    attributedRow(imageCnnKind.layOut(config, source, [own]), 'image', 'a black image'),
  open: (_, { dropout }) => ({
    embed: (parameters, { image }, dropoutKey) => imageCnn(parameters, image, dropout, dropoutKey),
  }),
};
