import { add, mul, sum, type Tensor, type Tree, valueAndGrad } from '@bravais/tensor-core';
import type { Embeddings } from '../embeddings';
import { LossError } from '../errors';

/**
 * Σ_m (∂z_m/∂θ)ᵀ g_m: the gradient of one part's encoders, from dL/dz of its rows.
 *
 * Taken as the gradient of Σ_m ⟨z_m, g_m⟩, in which g is constant.
 *
 * @param encode the part's embeddings z_m `[n, D]` from parameters
 * @param upstream g_m = dL/dz_m `[n, D]` of the modalities that the part has
 * @param into tensors to write the gradients to, as for `valueAndGrad`
 * @throws {LossError} `SHAPE` where `encode` gives other modalities or shapes than `upstream` has
 *
 * @example
 * ```ts
 * const grads = partGradient(parameters, (tree) => ({ structure: cgcnn(tree, crystals, 0.1, key) }), { structure: slopes });
 * ```
 */
export function partGradient<P extends Tree>(
  parameters: P,
  encode: (parameters: P) => Embeddings,
  upstream: Embeddings,
  into: P | null = null,
): P {
  const { value, grads } = valueAndGrad(
    parameters,
    (tracked) => innerProduct(encode(tracked), upstream),
    into,
  );
  value.dispose();
  return grads;
}

function innerProduct(embeddings: Embeddings, upstream: Embeddings): Tensor {
  const [expected, got] = [describe(upstream), describe(embeddings)];
  if (expected !== got) {
    throw new LossError(
      'SHAPE',
      `partGradient: expected the embeddings of the first pass, ${expected}, got ${got}. Let the encoders give the same again.`,
    );
  }
  const products = Object.entries(embeddings).map(([name, each]) => sum(mul(each, upstream[name]!)));
  return products.reduce(add);
}

function describe(embeddings: Embeddings): string {
  const named = Object.entries(embeddings).map(([name, { shape }]) => `${name} [${shape.join(', ')}]`);
  return named.sort().join(' and ') || 'none';
}
