import {
  add,
  fuse,
  gatherRows,
  matmul,
  mul,
  reshape,
  rsqrt,
  segmentSum,
  silu,
  softplus,
  type Tensor,
} from '@bravais/tensor-core';
import {
  type HostParameter,
  initLayerNorm,
  type LayerNorm,
  type Linear,
  layerNorm,
  linear,
} from '@bravais/tensor-core/nn';
import { type Key, split } from '@bravais/tensor-core/random';
import type { GraphTensors } from '../batch/graph-tensors';
import { type EdgeFeatures, edgeProduct } from '../ops/edge-product';
import { scaledLinear, scaledWeight } from './scaled-init';

/** Parameters of one convolution; nodes have W features. */
export interface GraphConvolution3d<P = Tensor> {
  readonly norm: LayerNorm<P>;
  /** `[1, K]` and the bias: from the features of a distance to the strength of an edge. */
  readonly strength: Linear<P>;
  /** `[W, W]` and the bias: acts on the node itself. */
  readonly own: Linear<P>;
  /** `[W, W]`: acts on its neighbours. */
  readonly neighbors: { readonly weight: P };
}

/** Initial parameters: weights with which sums of two parts have variance 1, biases 0. */
export function initGraphConvolution3d(
  key: Key,
  width: number,
  distanceBins: number,
): GraphConvolution3d<HostParameter> {
  const [strengthKey, ownKey, neighborKey] = split(key, 3) as [Key, Key, Key];
  const part = { fanIn: 2 * width };
  return {
    norm: initLayerNorm(width),
    // About two Gaussians of a distance are near 1, whatever K is.
    strength: scaledLinear(strengthKey, distanceBins, 1, { fanIn: 2 }),
    own: scaledLinear(ownKey, width, width, part),
    neighbors: { weight: scaledWeight(neighborKey, width, width, part) },
  };
}

const inverseRoot = fuse((degree) => rsqrt(add(degree, 1)), 'inverse root of a degree');
const residualSilu = fuse((x, own, around) => add(x, silu(add(own, around))), 'residual silu');

/**
 * H' = H + SiLU(LN(H) W_0ᵀ + b + Â LN(H) W_1ᵀ), Â_ij = Σ_e a_e / √(s_i s_j) over the edges e = (j → i): `[N, W]` to `[N, W]`.
 *
 * The strength of an edge a_e = softplus(v · g(d_e) + c) is learned from the features g of its length, Gaussians or Bessel functions, s_i = 1 + Σ_e a_e is the
 * degree of node i. A cell and its supercells have the same degrees, so Â acts on all of them alike.
 */
export function graphConvolution3d(
  { norm, strength, own, neighbors }: GraphConvolution3d,
  nodes: Tensor,
  features: EdgeFeatures,
  graph: GraphTensors,
): Tensor {
  const { kinds, edgeSource, edgeMultiplicity, targetOffsets, sourceOffsets, sourceOrder } = graph;
  const perKind = softplus(add(edgeProduct(features, strength.weight), strength.bias));
  const times = reshape(edgeMultiplicity, [edgeMultiplicity.size, 1]);
  const strengths = mul(gatherRows(perKind, kinds.ofEdge, { inverse: kinds }), times);
  const scale = inverseRoot(reshape(segmentSum(strengths, targetOffsets), [nodes.shape[0]!, 1]));
  const normed = layerNorm(norm, nodes);
  const sent = mul(matmul(normed, neighbors.weight, { transposeB: true }), scale);
  const inverse = { offsets: sourceOffsets, order: sourceOrder };
  const arriving = mul(gatherRows(sent, edgeSource, { inverse }), strengths);
  return residualSilu(nodes, linear(own, normed), mul(segmentSum(arriving, targetOffsets), scale));
}
