import {
  add,
  fuse,
  gatherRows,
  matmul,
  mul,
  relu,
  segmentMean,
  segmentSum,
  sigmoid,
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
import type { PotentialGraphTensors } from '../batch/potential-graph';
import { edgeActivation } from '../ops/edge-activation';
import { scaledLinear, scaledWeight } from './scaled-init';
import { stackedRows } from './stacked-rows';

/** Two layers over [x_target, x_source, e], the first held as its three blocks of columns. */
export interface EdgeMlp<P = Tensor> {
  /** `[W, W]`: acts on the receiving node. */
  readonly target: { readonly weight: P };
  /** `[W, W]`: acts on the sending node or sublattice. */
  readonly source: { readonly weight: P };
  /** `[W, W]` and the bias: acts on the edge. */
  readonly edge: Linear<P>;
  readonly outer: Linear<P>;
}

/** Parameters of one convolution; nodes and edges have W features each. */
export interface PotnetConvolution<P = Tensor> {
  readonly gate: EdgeMlp<P>;
  readonly gateNorm: LayerNorm<P>;
  readonly value: EdgeMlp<P>;
  readonly sumNorm: LayerNorm<P>;
}

function initEdgeMlp(key: Key, width: number): EdgeMlp<HostParameter> {
  const [targetKey, sourceKey, edgeKey, outerKey] = split(key, 4) as [Key, Key, Key, Key];
  const part = { fanIn: 3 * width };
  return {
    target: { weight: scaledWeight(targetKey, width, width, part) },
    source: { weight: scaledWeight(sourceKey, width, width, part) },
    edge: scaledLinear(edgeKey, width, width, part),
    outer: scaledLinear(outerKey, width, width, { afterSilu: true }),
  };
}

/** Initial parameters: signals keep their variance, biases are 0. */
export function initPotnetConvolution(key: Key, width: number): PotnetConvolution<HostParameter> {
  const [gateKey, valueKey] = split(key, 2) as [Key, Key];
  return {
    gate: initEdgeMlp(gateKey, width),
    gateNorm: initLayerNorm(width),
    value: initEdgeMlp(valueKey, width),
    sumNorm: initLayerNorm(width),
  };
}

/** W₂ SiLU(W_t x_i + W_s x_j + W_e e + b₁) + b₂ for each edge, `[E, W]`; W_e acts on rows of features, each once. */
function edgeMlp(
  { target, source, edge, outer }: EdgeMlp,
  senders: Tensor,
  rows: Tensor,
  { edges, features }: PotentialGraphTensors,
): Tensor {
  const nodePart = matmul(senders, stackedRows(target.weight, source.weight), { transposeB: true });
  const edgePart = gatherRows(linear(edge, rows), features.ofEdge, { inverse: features });
  return linear(outer, edgeActivation(nodePart, edgePart, edges));
}

const gated = fuse((gate, value) => mul(sigmoid(gate), value), 'gated value');
const residualRelu = fuse((x, y) => relu(add(x, y)), 'residual relu');

/**
 * x'_i = ReLU(x_i + LN(Σ_e σ(LN(MLP_g[x_i, x_j, e])) ⊙ MLP_v[x_i, x_j, e])) over local and infinite edges e = (j → i) together:
 * `[N, W]`. An infinite edge comes from a sublattice, whose x_j is the mean over its nodes.
 *
 * Layer norm takes the place of PotNet's batch norms: over a batch, the norm of an edge would depend on what other crystals are in
 * it, and on how many of its edges are padding.
 *
 * Source: Lin et al., PotNet, ICML 2023.
 *
 * @param rows `[K + Q, W]`: features of each distance and potential
 */
export function potnetConvolution(
  { gate, gateNorm, value, sumNorm }: PotnetConvolution,
  nodes: Tensor,
  rows: Tensor,
  graph: PotentialGraphTensors,
): Tensor {
  const { offsets, order } = graph.sublattices;
  const senders = stackedRows(nodes, segmentMean(nodes, offsets, { order }));
  const gates = layerNorm(gateNorm, edgeMlp(gate, senders, rows, graph));
  const messages = gated(gates, edgeMlp(value, senders, rows, graph));
  return residualRelu(
    nodes,
    layerNorm(sumNorm, segmentSum(messages, graph.nodeOffsets, { weights: graph.edgeMultiplicity })),
  );
}
