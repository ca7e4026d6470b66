import type { Calibration } from '../calibration';
import { atStrides } from '../calibration/at-strides';
import { fitNovelty, MOST_REFERENCES, type NoveltyReference } from '../calibration/novelty-reference';
import type { AlignmentModel, PreparedMaterial } from '../model';
import { targetOutcome } from '../targets/target-scores';
import { embedMaterials } from './embed-materials';

/** Validation materials that scores are kept of: more hardly move a quantile. */
export const MOST_SCORES = 4096;

/** Crystals that a model was trained on. */
export interface TrainingCrystals {
  /** All, or of more than {@link MOST_REFERENCES} as many at equal strides; each with a structure. */
  readonly materials: readonly PreparedMaterial[];
  /** `[118]` of all of them, those that hold each element. */
  readonly elements: Int32Array;
}

/**
 * What a model says of itself without data: absolute errors of its regression targets on the validation split, and how far its training crystals are
 * from each other.
 *
 * Of larger splits materials at equal strides are taken. Where the validation split chose the checkpoint, intervals are a little too narrow.
 *
 * @param model with the weights that are to be used
 */
export async function fitCalibration(
  model: AlignmentModel,
  training: TrainingCrystals,
  validation: readonly PreparedMaterial[],
): Promise<Calibration> {
  return {
    scores: await scoresOf(model, atStrides(validation, MOST_SCORES)),
    novelty: model.config.model.structure ? await referenceOf(model, training) : null,
  };
}

async function scoresOf(
  model: AlignmentModel,
  validation: readonly PreparedMaterial[],
): Promise<Record<string, Float32Array>> {
  const names = Object.entries(model.config.targets ?? {}).flatMap(([name, { kind }]) =>
    kind === 'regression' ? [name] : [],
  );
  if (names.length === 0 || validation.length === 0) return {};
  const embeddings = await embedMaterials(model, validation);
  const scores: Record<string, Float32Array> = {};
  for (const name of names) {
    const { labelled } = await targetOutcome(model, name, validation, embeddings);
    if (labelled.length === 0) continue;
    scores[name] = Float32Array.from(labelled, ({ actual, predicted }) =>
      Math.abs(predicted - actual),
    ).sort();
  }
  return scores;
}

async function referenceOf(
  model: AlignmentModel,
  { materials, elements }: TrainingCrystals,
): Promise<NoveltyReference | null> {
  if (materials.length < 2) return null;
  const embeddings = await embedMaterials(model, atStrides(materials, MOST_REFERENCES));
  const { rows } = embeddings.find(({ name }) => name === 'structure')!;
  return fitNovelty(rows, model.config.model.embeddingDim, elements);
}
