import { silu, type Tensor } from '@bravais/tensor-core';
import { type HostParameter, initMlp, type Mlp, mlp } from '@bravais/tensor-core/nn';
import { foldIn, key, type RandomKey } from '@bravais/tensor-core/random';
import type { FittedTarget } from './target-kind';
import { type TargetConfig, type TargetConfigs, targetKind } from './target-kinds';

/** Heads by target. */
export type TargetHeads<P = Tensor> = Readonly<Record<string, Mlp<P>>>;

/** Stream of the initial parameters below a seed's key; see those of `train`. */
const PARAMETER_STREAM = 4;

/** Freshly initialised heads. A head is keyed by its place among the targets. */
export function initTargetHeads(
  seed: number,
  targets: TargetConfigs,
  fitted: Readonly<Record<string, FittedTarget>>,
  embeddingDim: number,
): TargetHeads<HostParameter> {
  const parameterKey = foldIn(key(seed), PARAMETER_STREAM);
  return Object.fromEntries(
    Object.entries(targets).map(([name, config], place) => {
      const hidden = new Array<number>(config.layers).fill(config.width);
      const outputs = targetKind(config).outputs(fitted[name]!);
      return [name, initMlp(foldIn(parameterKey, place), [embeddingDim, ...hidden, outputs])];
    }),
  );
}

/**
 * MLP(silu(z)): outputs `[B, outputs]` of a head from embeddings `[B, D]`.
 *
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 */
export function applyTargetHead(
  head: Mlp,
  { dropout }: Pick<TargetConfig, 'dropout'>,
  embeddings: Tensor,
  dropoutKey: RandomKey | null,
): Tensor {
  return mlp(head, silu(embeddings), dropout, dropoutKey);
}
