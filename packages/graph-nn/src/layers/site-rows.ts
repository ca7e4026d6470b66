import { add, matmul, reshape, type Tensor, TensorError } from '@bravais/tensor-core';
import type { HostParameter } from '@bravais/tensor-core/nn';
import { foldIn, type Key } from '@bravais/tensor-core/random';
import type { GraphTensors } from '../batch/graph-tensors';
import { GraphError } from '../graph/graph-error';
import { scaledWeight } from './scaled-init';

/** What makes a row of each site's features. */
export interface SiteRows<P = Tensor> {
  /** `[W, F]`, present where the encoder takes site features; a bias would be one more part of every element's row. */
  readonly siteFeatures?: { readonly weight: P };
}

/**
 * Initial parameters for F features, 0 for none: rows of features of mean square 1 have the size of those of elements.
 *
 * @param key that of the elements' rows, from which the weight's own is derived: the other parameters stay what they are without
 * @throws {@link GraphError} INVALID_OPTION
 */
export function initSiteRows(op: string, key: Key, features: number, width: number): SiteRows<HostParameter> {
  if (!(Number.isSafeInteger(features) && features >= 0)) {
    throw new GraphError(
      'INVALID_OPTION',
      `${op}: siteFeatures must be 0 or a positive integer, got ${features}. Take siteFeatureCount of the graphs' options.`,
    );
  }
  return features > 0 ? { siteFeatures: { weight: scaledWeight(foldIn(key, 1), features, width) } } : {};
}

/**
 * x_i + W f_i: rows of sites `[N, W]` with what their features f `[N · F]` (see `siteFeatures`) add; without the parameters the rows
 * as they are, whatever the graph has.
 *
 * @throws {TensorError} `ARGUMENT` where the graph has no features, `SHAPE` where it has others
 */
export function withSiteRows(
  op: string,
  rows: Tensor,
  { siteFeatures: layer }: SiteRows,
  { siteFeatures }: Pick<GraphTensors, 'siteFeatures'>,
): Tensor {
  if (!layer) return rows;
  if (!siteFeatures) {
    throw new TensorError(
      'ARGUMENT',
      `${op}: expected graphs with site features, since the parameters take them, got none. Make the graphs with the option siteFeatures, or parameters without.`,
    );
  }
  const [nodes, width] = [rows.shape[0]!, layer.weight.shape[1]!];
  if (siteFeatures.size !== nodes * width) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected ${width} site features for each of ${nodes} sites, as the parameters take, got ${siteFeatures.size} in all. Make graphs and parameters with the same options.`,
    );
  }
  return add(rows, matmul(reshape(siteFeatures, [nodes, width]), layer.weight, { transposeB: true }));
}
