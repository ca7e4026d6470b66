import { mul, type Tensor } from '@bravais/tensor-core';
import { foldIn, type RandomKey } from '@bravais/tensor-core/random';
import { applyTargetHead, type TargetHeads } from './target-heads';
import { type TargetConfigs, targetKind } from './target-kinds';
import type { TargetLabels } from './target-labels';

/** Stream of the heads' dropout below a step's key, behind those of the encoders. */
const DROPOUT_STREAM = 1024;

/**
 * The loss of each target, by name, unweighted.
 *
 * @param embeddings `[B, D]` by modality
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 */
export function targetLosses(
  targets: TargetConfigs,
  heads: TargetHeads,
  embeddings: Readonly<Record<string, Tensor>>,
  labels: TargetLabels,
  dropoutKey: RandomKey | null,
): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(targets).map(([name, config], place) => {
      const headKey = dropoutKey && foldIn(dropoutKey, DROPOUT_STREAM + place);
      const outputs = applyTargetHead(heads[name]!, config, embeddings[config.modality]!, headKey);
      return [name, targetKind(config).loss(config, outputs, labels[name]!)];
    }),
  );
}

/** Σ weight · loss over the targets, as many terms as there are. */
export function weightedTargetLosses(
  targets: TargetConfigs,
  losses: Readonly<Record<string, Tensor>>,
): Tensor[] {
  return Object.entries(losses).map(([name, loss]) => {
    const { weight } = targets[name]!;
    return weight === 1 ? loss : mul(loss, weight);
  });
}
