import { add, fuse, matmul, softplus, type Tensor } from '@bravais/tensor-core';
import {
  fanInUniform,
  type HostParameter,
  initLayerNorm,
  initLinear,
  type LayerNorm,
  type Linear,
  layerNorm,
} from '@bravais/tensor-core/nn';
import { type Key, split } from '@bravais/tensor-core/random';
import type { GraphTensors } from '../batch/graph-tensors';
import { gatedConvolution } from '../ops/gated-convolution';
import { type RadialFeatures, radialProduct } from './radial-features';
import { stackedRows } from './stacked-rows';

/** The linear layer over [x_target, x_source, u_edge], held as its three blocks of columns. */
export interface CgcnnConvolution<P = Tensor> {
  /** `[2W, W]`: acts on the receiving node. */
  readonly target: { readonly weight: P };
  /** `[2W, W]`: acts on the sending node. */
  readonly source: { readonly weight: P };
  /** `[2W, K]` and the bias `[2W]`. */
  readonly edge: Linear<P>;
  readonly norm: LayerNorm<P>;
}

/**
 * Initial parameters: the blocks that act on nodes as in one layer of W + W + K inputs, the block that acts on edges and the
 * bias as in a layer of its own.
 */
export function initCgcnnConvolution(
  key: Key,
  width: number,
  edgeFeatures: number,
): CgcnnConvolution<HostParameter> {
  const [targetKey, sourceKey, edgeKey] = split(key, 3) as [Key, Key, Key];
  const fanIn = 2 * width + edgeFeatures;
  const edge = initLinear(edgeKey, edgeFeatures, 2 * width);
  return {
    target: { weight: fanInUniform(targetKey, [2 * width, width], fanIn) },
    source: { weight: fanInUniform(sourceKey, [2 * width, width], fanIn) },
    edge: { weight: edge.weight, bias: edge.bias },
    norm: initLayerNorm(width),
  };
}

const residualSoftplus = fuse((x, y) => softplus(add(x, y)), 'residual softplus');

/**
 * x'_i = softplus(x_i + LN(Σ_e m_e σ(g_e) ⊙ softplus(c_e))), [g_e, c_e] = W_t x_i + W_s x_j + W_e u_e + b, summed over
 * the edges e = (j → i), each m_e times, its multiplicity: the crystal graph convolution.
 *
 * The linear layer over the concatenation is applied to its parts: W_t and W_s act, as one product, on N nodes instead
 * of E edges, W_e on the distances that edges have, each once, and no concatenated tensor exists. Layer norm over the features takes the place of the paper's batch
 * norm, so that an embedding does not depend on what else is in the batch.
 *
 * Shapes: nodes `[N, W]`; u_e are the K features of the edge's distance, Gaussians or Bessel functions, made of those in `graph.kinds`. Source: Xie and Grossman, Phys. Rev. Lett. 120,
 * 145301 (2018), equation 5.
 */
export function cgcnnConvolution(
  parameters: CgcnnConvolution,
  nodes: Tensor,
  edgeFeatures: RadialFeatures,
  graph: GraphTensors,
): Tensor {
  const { target, source, edge, norm } = parameters;
  const nodePart = matmul(nodes, stackedRows(target.weight, source.weight), { transposeB: true });
  const edgePart = radialProduct(edgeFeatures, edge.weight);
  const kinds = { ...graph.kinds, countedKind: graph.countedKind };
  const gathered = gatedConvolution(nodePart, edgePart, edge.bias, graph, kinds);
  return residualSoftplus(nodes, layerNorm(norm, gathered));
}
