import type { Divergence } from '../checkpoint';
import type { AlignmentModel } from '../model';
import { diverged, findNotFinite } from './divergence';
import type { ModelOptimizer } from './optimizer';
import type { RunState } from './run-state';
import type { TrainingBatches } from './training-batches';
import type { TrainingError } from './training-error';

/**
 * The error of a step whose numbers are not finite, after the checkpoint `diverged` was written.
 *
 * Steps are pure functions of their number: those since the latest checkpoint are repeated, up to the one that failed.
 */
export async function explainDivergence(
  failed: Pick<Divergence, 'step' | 'loss' | 'gradientNorm'>,
  model: AlignmentModel,
  optimizer: ModelOptimizer,
  batches: TrainingBatches,
  state: RunState,
): Promise<TrainingError> {
  const { snapshot } = state;
  const before = failed.step - 1;
  optimizer.restore(snapshot, snapshot.step);
  for (let index = snapshot.step; index < before; index++) {
    const { materials, dropoutKey } = batches.at(index);
    const { loss, gradientNorm, terms } = optimizer.step(materials, dropoutKey);
    for (const each of [loss, gradientNorm, ...Object.values(terms)]) each.dispose();
  }
  const divergence = await state.saveDiverged(async () => {
    const batch = batches.at(before);
    const notFinite = await findNotFinite(model, optimizer, batch);
    return { ...failed, batch: batch.materials.map(({ id }) => id), notFinite };
  });
  return diverged(divergence);
}
