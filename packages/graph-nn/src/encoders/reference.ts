import type { LayerNorm, Linear } from '@bravais/tensor-core/nn';
import type { GraphBatch } from '../batch';
import type { EdgeMlp } from '../layers/potnet-convolution';
import { besselFunction } from '../ops/bessel-expansion/reference';
import type { Cogn } from './cogn';
import type { Potnet } from './potnet';

/** Host values of a parameter, of any precision. */
export interface Values {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Features of one node, edge or crystal. */
export type Vector = readonly number[];

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
/** x σ(x). */
export const silu = (x: number): number => x / (1 + Math.exp(-x));
/** The sum of vectors. */
export const plus = (...parts: readonly Vector[]): number[] =>
  parts[0]!.map((_, k) => parts.reduce((sum, part) => sum + part[k]!, 0));

/** W x + b. */
export function affine(x: Vector, { weight, bias }: { weight: Values; bias?: Values }): number[] {
  return Array.from({ length: weight.shape[0]! }, (_, o) =>
    x.reduce((sum, value, i) => sum + value * weight.values[o * x.length + i]!, bias?.values[o] ?? 0),
  );
}

/** SiLU(W x + b). */
export const activated = (x: Vector, layer: Linear<Values>): number[] => affine(x, layer).map(silu);

/** Layer norm. */
export function normalized(x: Vector, { weight, bias }: LayerNorm<Values>): number[] {
  const center = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - center) ** 2, 0) / x.length;
  return x.map((value, k) => {
    return ((value - center) / Math.sqrt(variance + 1e-5)) * weight.values[k]! + bias.values[k]!;
  });
}

/** Row z of a matrix. */
export const rowOf = ({ shape, values }: Values, z: number): number[] =>
  Array.from({ length: shape[1]! }, (_, k) => values[z * shape[1]! + k]!);

/** Features of a distance, as many as asked for. */
export type RadialReference = (distance: number, count: number) => Vector;

/** Gaussians from 0 to the cutoff, as wide as they are apart. */
export const gaussiansTo =
  (cutoff: number): RadialReference =>
  (distance, count) =>
    Array.from({ length: count }, (_, k) => Math.exp(-(((distance * (count - 1)) / cutoff - k) ** 2)));

/** Bessel functions up to the cutoff. */
export const besselTo =
  (cutoff: number): RadialReference =>
  (distance, count) =>
    Array.from({ length: count }, (_, k) => besselFunction(k + 1, distance, cutoff, 6));

/** The embedding of each crystal in float64, edge by edge; a row of `elements` an element. */
export function cognReference(
  parameters: Cogn<Values>,
  batch: Omit<GraphBatch, 'edgeDistance'> & { readonly edgeDistance: ArrayLike<number> },
  radial: RadialReference,
  elements: Values,
): number[][] {
  const { embedding, properties, siteFeatures, distance, blocks, norm, site, head } = parameters;
  const [width, bins] = [embedding.weight.shape[1]!, distance.weight.shape[1]!];
  let nodes: Vector[] = Array.from(batch.atomicNumbers, (z) =>
    properties
      ? plus(rowOf(embedding.weight, z), affine(rowOf(elements, z), properties))
      : rowOf(embedding.weight, z),
  );
  if (siteFeatures) {
    const rows = { shape: [nodes.length, siteFeatures.weight.shape[1]!], values: batch.siteFeatures! };
    nodes = nodes.map((x, i) => plus(x, affine(rowOf(rows, i), siteFeatures)));
  }
  let edges: Vector[] = Array.from(batch.edgeDistance, (d) => activated(radial(d, bins), distance));
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
        sum[k]! += batch.edgeMultiplicity[e]! * value;
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

/** The PotNet embedding of each crystal in float64, edge by edge, local edges apart from infinite ones. */
export function potnetReference(
  parameters: Potnet<Values>,
  batch: Omit<GraphBatch, 'edgeDistance'> & { readonly edgeDistance: ArrayLike<number> },
  potentials: readonly { readonly sublatticeOf: ArrayLike<number>; readonly potential: ArrayLike<number> }[],
  radial: RadialReference = (d, count) => gaussiansTo(4)(4 - 0.75 / d, count),
): number[][] {
  const { embedding, distance, potential, potentialNorm, convs, head } = parameters;
  const [width, bins] = [embedding.weight.shape[1]!, distance.weight.shape[1]!];
  const centers = potential.weight.shape[1]!;
  const quadricStep = 8 / (centers - 1);
  const localEdges = Array.from(batch.edgeDistance, (d) => activated(radial(d, bins), distance));
  const infiniteEdges = potentials.map((each) =>
    Array.from(each.potential, (u) => {
      const features = Array.from({ length: centers }, (_, k) =>
        Math.hypot(1, (u - (k * quadricStep - 4)) / quadricStep),
      );
      return normalized(affine(features, potential).map(softplus), potentialNorm);
    }),
  );
  const mlp = (layers: EdgeMlp<Values>, i: Vector, j: Vector, e: Vector): number[] =>
    affine(
      plus(affine(i, layers.target), affine(j, layers.source), affine(e, layers.edge)).map(silu),
      layers.outer,
    );
  let nodes: Vector[] = Array.from(batch.atomicNumbers, (z) =>
    Array.from({ length: width }, (_, k) => embedding.weight.values[z * width + k]!),
  );
  for (const { gate, gateNorm, value, sumNorm } of convs) {
    const message = (i: Vector, j: Vector, e: Vector): number[] => {
      const open = normalized(mlp(gate, i, j, e), gateNorm).map((x) => 1 / (1 + Math.exp(-x)));
      return mlp(value, i, j, e).map((x, k) => x * open[k]!);
    };
    const sums: Vector[] = nodes.map(() => new Array<number>(width).fill(0));
    localEdges.forEach((edge, e) => {
      const [i, j] = [batch.edgeTarget[e]!, batch.edgeSource[e]!];
      const times = batch.edgeMultiplicity[e]!;
      const sent = message(nodes[i]!, nodes[j]!, edge).map((x) => times * x);
      sums[i] = plus(sums[i]!, sent);
    });
    potentials.forEach(({ sublatticeOf }, g) => {
      const own = nodes.slice(batch.graphOffsets[g]!, batch.graphOffsets[g + 1]!);
      const count = infiniteEdges[g]!.length / own.length;
      for (let s = 0; s < count; s++) {
        const members = own.filter((_, j) => sublatticeOf[j] === s);
        const sender = plus(...members).map((x) => x / members.length);
        own.forEach((x, i) => {
          const at = batch.graphOffsets[g]! + i;
          sums[at] = plus(sums[at]!, message(x, sender, infiniteEdges[g]![i * count + s]!));
        });
      }
    });
    nodes = nodes.map((x, i) => plus(x, normalized(sums[i]!, sumNorm)).map((y) => Math.max(0, y)));
  }
  return Array.from({ length: batch.graphCount }, (_, g) => {
    const own = nodes.slice(batch.graphOffsets[g]!, batch.graphOffsets[g + 1]!);
    return affine(
      plus(...own).map((x) => x / own.length),
      head,
    );
  });
}
