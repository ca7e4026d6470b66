import type { LayerNorm, Linear } from '@bravais/tensor-core/nn';
import type { GraphBatch } from '../batch';
import type { Cogn } from './cogn';

/** Host values of a parameter, of any precision. */
export interface Values {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

type Vector = readonly number[];

const silu = (x: number): number => x / (1 + Math.exp(-x));
const plus = (...parts: readonly Vector[]): number[] =>
  parts[0]!.map((_, k) => parts.reduce((sum, part) => sum + part[k]!, 0));

/** W x + b. */
function affine(x: Vector, { weight, bias }: { weight: Values; bias?: Values }): number[] {
  return Array.from({ length: weight.shape[0]! }, (_, o) =>
    x.reduce((sum, value, i) => sum + value * weight.values[o * x.length + i]!, bias?.values[o] ?? 0),
  );
}

const activated = (x: Vector, layer: Linear<Values>): number[] => affine(x, layer).map(silu);

function normalized(x: Vector, { weight, bias }: LayerNorm<Values>): number[] {
  const center = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - center) ** 2, 0) / x.length;
  return x.map((value, k) => {
    return ((value - center) / Math.sqrt(variance + 1e-5)) * weight.values[k]! + bias.values[k]!;
  });
}

/** The embedding of each crystal in float64, edge by edge; Gaussians from 0 to `cutoffAngstrom`; a row of `elements` an element. */
export function cognReference(
  parameters: Cogn<Values>,
  batch: Omit<GraphBatch, 'edgeDistance'> & { readonly edgeDistance: ArrayLike<number> },
  cutoffAngstrom: number,
  elements: Values,
): number[][] {
  const { embedding, properties, distance, blocks, norm, site, head } = parameters;
  const [width, bins] = [embedding.weight.shape[1]!, distance.weight.shape[1]!];
  const spacing = cutoffAngstrom / (bins - 1);
  const row = ({ shape, values }: Values, z: number): number[] =>
    Array.from({ length: shape[1]! }, (_, k) => values[z * shape[1]! + k]!);
  let nodes: Vector[] = Array.from(batch.atomicNumbers, (z) =>
    properties
      ? plus(row(embedding.weight, z), affine(row(elements, z), properties))
      : row(embedding.weight, z),
  );
  let edges: Vector[] = Array.from(batch.edgeDistance, (d) =>
    activated(
      Array.from({ length: bins }, (_, k) => Math.exp(-((d / spacing - k) ** 2))),
      distance,
    ),
  );
  for (const { nodeNorm, target, source, edge, hidden, sumNorm, update } of blocks) {
    const normal = nodes.map((x) => normalized(x, nodeNorm));
    const messages = edges.map((u, e) => {
      const [i, j] = [batch.edgeTarget[e]!, batch.edgeSource[e]!];
      const first = plus(affine(normal[i]!, target), affine(normal[j]!, source), affine(u, edge)).map(silu);
      return hidden.reduce<Vector>(activated, first);
    });
    const sums = nodes.map(() => new Array<number>(width).fill(0));
    messages.forEach((h, e) => {
      const sum = sums[batch.edgeTarget[e]!]!;
      h.forEach((value, k) => {
        sum[k]! += value;
      });
    });
    const [inner, outer] = update as [Linear<Values>, Linear<Values>];
    nodes = nodes.map((x, i) => plus(x, affine(activated(normalized(sums[i]!, sumNorm), inner), outer)));
    edges = edges.map((u, e) => plus(u, messages[e]!));
  }
  const sites = nodes.map((x) => activated(normalized(x, norm), site));
  return Array.from({ length: batch.graphCount }, (_, g) => {
    const own = sites.slice(batch.graphOffsets[g]!, batch.graphOffsets[g + 1]!);
    return affine(
      plus(...own).map((value) => value / own.length),
      head,
    );
  });
}
