import { foldIn, key } from '@bravais/tensor-core/random';
import type { ExperimentConfig } from '../config';
import { shufflePartners } from '../controls';
import { modalitiesOf, type PreparedMaterial } from '../model';

/** Stream of randomness below the run's key that deals partners; see those of `train`. */
const SHUFFLE_STREAM = 3;

/** {@link shufflePartners} of the training split by the run's seed; other splits stay as they are. */
export function shuffleTrainingPairs(
  materials: readonly PreparedMaterial[],
  { seed, model }: Pick<ExperimentConfig, 'seed' | 'model'>,
): PreparedMaterial[] {
  const training = materials.filter(({ split }) => split === 'train');
  const dealt = shufflePartners(training, modalitiesOf(model), foldIn(key(seed), SHUFFLE_STREAM));
  let next = 0;
  return materials.map((material) => (material.split === 'train' ? dealt[next++]! : material));
}
