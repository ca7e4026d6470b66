import type { GridView } from '@bravais/datasets';
import { type DensityCnn, densityCnn, initDensityCnn } from '@bravais/encoders';
import type { Tensor } from '@bravais/tensor-core';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import { attributedRow } from './attributed-array';
import type { FittedView, ViewEncoderKind, ViewSource } from './view-encoder-kind';
import { extentsOf, fitExtents, flatLength, flatView } from './view-extents';

/** Periodic convolutions over a grid, with the cell. */
export interface CnnConfig {
  readonly kind: 'cnn';
  /** Channels of the convolutions. */
  readonly width: number;
  /** Residual blocks. */
  readonly blocks: number;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

interface CnnArrays {
  readonly [name: string]: Tensor;
  /** `[B, n, n, n]`, standardised. */
  readonly density: Tensor;
  /** `[B, 6]` in Å². */
  readonly metric: Tensor;
}

/** Numbers of a cell that follow those of its grid. */
const METRIC = 6;

/**
 * z = CNN of a grid and its cell in an experiment: `densityCnn` of the encoders, which sees no difference between shifted grids. One mean and
 * one deviation of all points of the training split standardise the grid, so its unit and its logarithm are the data's own affair.
 */
export const cnnKind: ViewEncoderKind<CnnConfig, DensityCnn, CnnArrays> = {
  schema: z
    .strictObject({
      kind: z.literal('cnn').describe('Periodic convolutions over the grid, with the cell.'),
      width: count(4096).default(16).describe('Channels of the convolutions.'),
      blocks: count(64).default(3).describe('Residual blocks, with taps 1, 2, 4, 1, … points apart.'),
      dropout: dropout(),
    })
    .describe('Periodic convolutions over the grid, with the cell.'),
  accepts: ['grid'],
  describe: ({ width, blocks }) => `width ${width}, ${blocks} blocks`,
  fit(_, source, values) {
    const extents = fitExtents(source, values);
    return { ...extents, ...fitPoints(values as readonly GridView[]) };
  },
  init: (key, { width, blocks }, _, embeddingDim) => initDensityCnn(key, { width, blocks, embeddingDim }),
  layOut(_, source, column) {
    const [size] = extentsOf(source) as [number];
    const points = flatLength(source) - METRIC;
    const standard = pointsOf(source);
    const density = new Float32Array(column.length * points);
    const metric = new Float32Array(column.length * METRIC);
    column.forEach(({ id, value }, row) => {
      if (value === undefined) return;
      const own = flatView(source, id, value);
      density.set(own.subarray(0, points).map(standard), row * points);
      metric.set(own.subarray(points), row * METRIC);
    });
    return {
      density: { shape: [column.length, size, size, size], values: density },
      metric: { shape: [column.length, METRIC], values: metric },
    };
  },
  attributed: (config, source, own) =>
    attributedRow(
      cnnKind.layOut(config, source, [own]),
      'density',
      'the mean of the training split at every point, in the same cell',
    ),
  open: (_, { dropout }) => ({
    embed: (parameters, { density, metric }, dropoutKey) =>
      densityCnn(parameters, density, metric, dropout, dropoutKey),
  }),
};

/** Below this share of the mean a deviation is rounding, not variation. */
const CONSTANT = 1e-6;

/** Mean and deviation of all points of all grids; a deviation of 1 where they do not vary. */
function fitPoints(grids: readonly GridView[]): FittedView {
  const count = grids.reduce((sum, { values }) => sum + values.length, 0);
  let mean = 0;
  for (const { values } of grids) for (const value of values) mean += value / count;
  let variance = 0;
  for (const { values } of grids) for (const value of values) variance += (value - mean) ** 2 / count;
  const deviation = Math.sqrt(variance);
  const scale = deviation > CONSTANT * Math.abs(mean) ? deviation : 1;
  return { mean: Float32Array.of(mean), scale: Float32Array.of(scale) };
}

function pointsOf({ fitted }: ViewSource): (value: number) => number {
  const [mean, scale] = [fitted.mean![0]!, fitted.scale![0]!];
  return (value) => (value - mean) / scale;
}
