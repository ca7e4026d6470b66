import { type Device, mean, scoped, square, type Tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { firstMismatch, sampleUniform } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import type { GraphBatch } from '../../batch';
import { plus, rowOf, type Values, type Vector } from '../reference';
import { flattenTensors, mapParameters } from '../testing';

/** A tree in which no parameter is at a special value. */
export function shaken<T extends object>(tree: T): T {
  return mapParameters<T>(tree, ({ shape, values }, index) => {
    const noise = sampleUniform([values.length], index, -0.2, 0.2);
    return { shape, values: Float32Array.from(values, (value, i) => value + noise[i]!) };
  });
}

/** Σ_s o_is (e_Z + W_p p_Z) for each node. */
export function firstNodesReference(
  { embedding, properties }: { embedding: { weight: Values }; properties?: { weight: Values } },
  { atomicNumbers, occupations }: GraphBatch,
  elements: Values,
): Vector[] {
  const matrix = properties?.weight;
  const rowOfElement = (z: number): number[] => {
    const own = rowOf(embedding.weight, z);
    const given = rowOf(elements, z);
    if (!matrix) return own;
    return own.map((x, k) => x + rowOf(matrix, k).reduce((sum, w, p) => sum + w * given[p]!, 0));
  };
  return Array.from(atomicNumbers, (z, i) => {
    if (!occupations) return rowOfElement(z);
    const [start, end] = [occupations.offsets[i]!, occupations.offsets[i + 1]!];
    const parts = Array.from({ length: end - start }, (_, k) =>
      rowOfElement(occupations.atomicNumbers[start + k]!).map((x) => x * occupations.occupancies[start + k]!),
    );
    return plus(...parts);
  });
}

/** An encoder with parameters and its float64 reference, on one batch. */
export interface ReferenceCase<HostTree, Tree> {
  readonly initial: HostTree;
  /** Embeddings on the device. */
  readonly embed: (tree: Tree) => Tensor;
  /** The same in float64, a row a crystal; takes float64 parameters. */
  readonly reference: (tree: HostTree) => readonly Vector[];
}

/** Tests that an encoder gives what its float64 reference gives, and that its gradient is the slope of the reference. */
export function describeReference<HostTree extends object, Tree extends object>(
  title: string,
  device: () => Device,
  make: () => ReferenceCase<HostTree, Tree>,
): void {
  const unpack = (tree: HostTree): Tree =>
    packParameters(device(), tree as Record<string, HostParameter>).tree as unknown as Tree;

  describe(`the encoder in float64, ${title},`, () => {
    it('gives the same embeddings', async () => {
      const { initial, embed, reference } = make();
      using embedding = scoped(device(), () => embed(unpack(initial)));
      const expected = reference(initial).flat();
      expect(firstMismatch(await embedding.read(), expected, { relative: 1e-4, ofLargest: 1e-5 })).toBeNull();
    });

    it('has the slope that the gradient says, along every parameter', async () => {
      const { initial, embed, reference } = make();
      const grads = scoped(
        device(),
        () =>
          valueAndGrad(unpack(initial) as Record<string, Tensor>, (tree) =>
            mean(square(embed(tree as unknown as Tree))),
          ).grads,
      );
      const gradients = flattenTensors(grads);
      const names = flattenHostTree(initial as Record<string, HostParameter>).map(([name]) => name);
      expect(gradients.length).toBe(names.length);
      for (const [moving, gradient] of gradients.entries()) {
        const direction = sampleUniform([gradient.size], 7, -1, 1);
        const loss = (step: number): number => {
          const there = mapParameters<HostTree>(initial, ({ shape, values }, index) => ({
            shape,
            values: index === moving ? Array.from(direction, (d, i) => values[i]! + step * d) : values,
          }));
          const values = reference(there).flat();
          return values.reduce((sum, value) => sum + value * value, 0) / values.length;
        };
        const slope = (loss(1e-4) - loss(-1e-4)) / 2e-4;
        const values = (await gradient.read()) as Float32Array;
        const found = values.reduce((sum, value, i) => sum + value * direction[i]!, 0);
        expect(Math.hypot(...values), names[moving]!).toBeGreaterThan(0);
        expect(Math.abs(found - slope), names[moving]!).toBeLessThan(1e-5 * Math.hypot(...values));
      }
    });
  });
}
