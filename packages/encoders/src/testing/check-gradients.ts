import { type Device, mul, sum, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import {
  flatValues,
  type HostTree,
  namedValues,
  packParameters,
  type TensorTree,
} from '@bravais/tensor-core/nn';
import { sampleUniform } from '@bravais/tensor-core/testing';
import { expect } from 'vitest';

/** Step of the differences: float32 embeddings of size 1 err by 1e-6, so that differences err by 5e-4. */
const STEP = 1e-3;

/**
 * Expects the gradient of a weighted sum of embeddings by every single parameter to equal central differences.
 *
 * @param initial parameters at which it is checked, few
 * @param embed embeddings [B, D] from parameters
 */
export async function checkGradients<T extends HostTree>(
  device: Device,
  initial: T,
  embed: (tree: TensorTree<T>) => Tensor,
): Promise<void> {
  const parameters = packParameters(device, initial);
  using shape = embed(parameters.tree);
  const weights = sampleUniform(shape.shape, 99, -1, 1);
  const { grads } = valueAndGrad(parameters.tree, (tree) =>
    sum(mul(embed(tree as TensorTree<T>), tensor(device, weights, shape.shape))),
  );
  const weighted = async (): Promise<number> => {
    using embedding = embed(parameters.tree);
    const values = await embedding.read();
    return weights.reduce((total, weight, i) => total + weight * values[i]!, 0);
  };
  const found = new Map<string, number[]>();
  for (const [name, gradient] of tensorsOf(grads)) found.set(name, [...(await gradient.read())]);
  const values = namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array);
  const largest = Math.max(...[...found.values()].flat().map(Math.abs));
  expect(largest).toBeGreaterThan(0.01);
  const here = await weighted();
  const jumps: number[] = [];
  for (const [name, list] of values) {
    const gradient = found.get(name)!;
    expect(gradient.length, name).toBe(list.length);
    for (const [i, value] of list.entries()) {
      const at = async (moved: number): Promise<number> => {
        list[i] = moved;
        parameters.flat.write(flatValues(parameters, values));
        return weighted();
      };
      const [above, below] = [await at(value + STEP), await at(value - STEP)];
      list[i] = value;
      const numeric = (above - below) / (2 * STEP);
      // Where relu has a kink within the step, the derivative is that of one side, half the jump away from the middle.
      const jump = Math.abs(above + below - 2 * here) / STEP;
      const allowed = 2e-3 * largest + 1e-2 * Math.abs(numeric) + jump / 2;
      expect(Math.abs(gradient[i]! - numeric), `${name}[${i}]: ${gradient[i]} and ${numeric}`).toBeLessThan(
        allowed,
      );
      jumps.push(jump);
    }
  }
  // Kinks are few: the allowance for them must not decide everywhere.
  const smooth = jumps.filter((jump) => jump < 4e-3 * largest).length;
  expect(smooth).toBeGreaterThan(0.8 * jumps.length);
}

/** Every tensor of a tree by its name. */
function tensorsOf(node: unknown, path = ''): [name: string, tensor: Tensor][] {
  if (typeof node !== 'object' || node === null) return [];
  if ('dtype' in node) return [[path, node as Tensor]];
  return Object.entries(node).flatMap(([name, child]) =>
    tensorsOf(child, path === '' ? name : `${path}.${name}`),
  );
}
