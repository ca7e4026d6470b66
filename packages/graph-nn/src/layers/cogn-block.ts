import { add, matmul, segmentSum, type Tensor } from '@bravais/tensor-core';
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
import { edgeActivation } from '../ops/edge-activation';
import { scaledLinear, scaledWeight } from './scaled-init';
import { stackedRows } from './stacked-rows';

/** Parameters of one block; nodes and edges have W features each. */
export interface CognBlock<P = Tensor> {
  readonly nodeNorm: LayerNorm<P>;
  /** `[W, W]`: acts on the receiving node. */
  readonly target: { readonly weight: P };
  /** `[W, W]`: acts on the sending node. */
  readonly source: { readonly weight: P };
  /** `[W, W]` and the bias: acts on the edge. */
  readonly edge: Linear<P>;
  /** The other layers of the edge MLP. */
  readonly hidden: readonly Linear<P>[];
  readonly sumNorm: LayerNorm<P>;
  /** The two layers of the node MLP. */
  readonly update: readonly Linear<P>[];
}

/** Initial parameters of a block whose edge MLP has `edgeLayers` layers, one at least. */
export function initCognBlock(key: Key, width: number, edgeLayers: number): CognBlock<HostParameter> {
  const keys = split(key, 4 + edgeLayers);
  const [targetKey, sourceKey, edgeKey, innerKey, outerKey] = keys as [Key, Key, Key, Key, Key];
  const part = { fanIn: 3 * width };
  const afterSilu = true;
  return {
    nodeNorm: initLayerNorm(width),
    target: { weight: scaledWeight(targetKey, width, width, part) },
    source: { weight: scaledWeight(sourceKey, width, width, part) },
    edge: scaledLinear(edgeKey, width, width, part),
    hidden: keys.slice(5).map((each) => scaledLinear(each, width, width, { afterSilu })),
    sumNorm: initLayerNorm(width),
    update: [scaledLinear(innerKey, width, width), scaledLinear(outerKey, width, width, { afterSilu })],
  };
}

/**
 * h_e = MLP([LN(x_i), LN(x_j), u_e]) for each edge e = (j → i), SiLU after every layer: `[E, W]`.
 *
 * The first layer acts on its parts: on N nodes, as one product for both, and on E edges.
 */
export function cognMessages(
  parameters: CognBlock,
  nodes: Tensor,
  edges: Tensor,
  graph: GraphTensors,
): Tensor {
  const { nodeNorm, target, source, edge, hidden } = parameters;
  const nodePart = matmul(layerNorm(nodeNorm, nodes), stackedRows(target.weight, source.weight), {
    transposeB: true,
  });
  const first = edgeActivation(nodePart, linear(edge, edges), graph);
  return hidden.reduce((x, layer) => linear(layer, x, 'silu'), first);
}

/** x'_i = x_i + W₂ SiLU(W₁ LN(Σ_e m_e h_e) + b₁) + b₂ over the edges e into node i, m_e their multiplicities: `[N, W]`. */
export function cognUpdate(
  { sumNorm, update }: CognBlock,
  nodes: Tensor,
  messages: Tensor,
  { targetOffsets, edgeMultiplicity }: GraphTensors,
): Tensor {
  const [inner, outer] = update as readonly [Linear, Linear];
  const gathered = layerNorm(sumNorm, segmentSum(messages, targetOffsets, { weights: edgeMultiplicity }));
  return add(nodes, linear(outer, linear(inner, gathered, 'silu')));
}
