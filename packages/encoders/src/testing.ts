import { type Device, flattenTree, type Tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostTree, packParameters, type TensorTree } from '@bravais/tensor-core/nn';
import { firstMismatch, sampleUniform } from '@bravais/tensor-core/testing';
import { expect } from 'vitest';
import { type Exact, exactTree } from './reference';

/** Moves all parameters off special values, such as the scales and shifts of norms. */
export function shaken<T extends HostTree>(initial: T): T {
  for (const [index, [, { values }]] of flattenHostTree(initial).entries()) {
    const noise = sampleUniform([values.length], index, -0.3, 0.3);
    for (const [i, value] of values.entries()) values[i] = value + noise[i]!;
  }
  return initial;
}

/** Expects a loss and all its gradients to be those of its float64 form, by central differences. */
export async function expectGradients<T extends HostTree, E extends object>(
  device: Device,
  initial: T,
  loss: (tree: TensorTree<T>) => Tensor,
  reference: (tree: E) => number,
): Promise<void> {
  const { tree } = packParameters(device, initial);
  const { value, grads } = valueAndGrad(tree as object, (tracked) => loss(tracked as TensorTree<T>));
  const exact = exactTree<E>(initial);
  const expected = reference(exact);
  expect(Math.abs((await value.item()) - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
  const parameters = parametersOf(exact);
  const gradients = flattenTree(grads);
  expect(gradients.map(([name]) => name)).toEqual([...parameters.keys()]);
  for (const [name, gradient] of gradients) {
    const { values } = parameters.get(name)!;
    const slopes = Array.from(values, (center, i) => {
      const lossAt = (x: number): number => {
        values[i] = x;
        return reference(exact);
      };
      const slope = (lossAt(center + 1e-5) - lossAt(center - 1e-5)) / 2e-5;
      values[i] = center;
      return slope;
    });
    expect(
      slopes.some((slope) => Math.abs(slope) > 1e-6),
      `${name} matters`,
    ).toBe(true);
    expect(
      firstMismatch(await gradient.read(), slopes, { relative: 1e-3, ofLargest: 1e-4 }),
      name,
    ).toBeNull();
  }
}

function parametersOf(node: object, path = ''): Map<string, Exact> {
  if ('values' in node && node.values instanceof Float64Array) return new Map([[path, node as Exact]]);
  return new Map(
    Object.entries(node).flatMap(([name, child]) => [
      ...parametersOf(child as object, path === '' ? name : `${path}.${name}`),
    ]),
  );
}
