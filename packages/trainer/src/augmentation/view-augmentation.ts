import {
  type AugmentationStep,
  augment,
  densityGridModality,
  diffractionModality,
  electronicDosModality,
  type JsonFields,
  type MaterialViews,
  type Modality,
  phononDosModality,
} from '@bravais/datasets';
import { augmentImage, type ImageAugmentation } from '@bravais/datasets/images';
import { z } from 'zod';

/** Random changes of the views of training materials: of an image by name of the change, of others one step after the other. */
export interface ViewAugmentations extends Partial<Record<SteppedView, readonly AugmentationStep[]>> {
  readonly image?: ImageAugmentation;
}

/** A view with what `augment` asks for; the types of its options and of its arrays stay inside. */
interface SteppedModality {
  readonly names: readonly [string, ...string[]];
  /** What each change is, with the default of its amount. */
  readonly help: string;
  apply(value: unknown, steps: readonly AugmentationStep[], key: readonly number[]): unknown;
}

function stepped<Options extends JsonFields<Options>, View>(
  modality: Modality<never, Options, View>,
): SteppedModality {
  const changes = Object.entries(modality.augmentations);
  return {
    names: changes.map(([name]) => name) as [string, ...string[]],
    help: changes.map(([name, { measure, amount }]) => `${name} (${measure}; ${amount})`).join(', '),
    apply: (value, steps, key) =>
      augment(
        modality as Modality<unknown, Options, View>,
        { view: value as View, mask: null, notes: [] },
        steps,
        key,
        modality.defaults,
      ).view,
  };
}

type SteppedView = 'phononDos' | 'electronicDos' | 'densityGrid' | 'diffraction';

const STEPPED: Readonly<Record<SteppedView, SteppedModality>> = {
  phononDos: stepped(phononDosModality),
  electronicDos: stepped(electronicDosModality),
  densityGrid: stepped(densityGridModality),
  diffraction: stepped(diffractionModality),
};

const amount = (): z.ZodNumber => z.number().min(0);

const imageSchema = z
  .strictObject({
    flip: z.boolean().exactOptional().describe('Each direction with probability one half.'),
    quarterTurns: z.boolean().exactOptional().describe('0 to 3 quarter turns.'),
    rotationDegrees: amount().max(180).exactOptional().describe('An angle up to this either way.'),
    leastCrop: amount().gt(0).max(1).exactOptional().describe('A part of at least this share of each side.'),
    gain: amount().max(1).exactOptional().describe('Gain from 1 less this to 1 and this.'),
    offset: amount().max(1).exactOptional().describe('Offset up to this either way.'),
    gamma: amount().max(10).exactOptional().describe('Gamma from 1 / (1 + this) to 1 + this.'),
    gaussianSigma: amount().max(1).exactOptional().describe('Normal noise of a deviation up to this.'),
    poissonCounts: amount().gt(0).exactOptional().describe('Counting noise, white being this many counts.'),
  })
  .describe('Random changes of an image.');

/** Checks `training.augment`. */
export const viewAugmentationsSchema: z.ZodType<ViewAugmentations> = z
  .strictObject({
    ...Object.fromEntries(
      Object.entries(STEPPED).map(([view, { names, help }]) => [
        view,
        z
          .array(
            z.strictObject({
              name: z.enum(names).describe(`One of ${help}.`),
              amount: amount()
                .exactOptional()
                .describe('In the measure of the change; its default where left out.'),
            }),
          )
          .max(16)
          .exactOptional()
          .describe('Random changes of the view, one after the other.'),
      ]),
    ),
    image: imageSchema.exactOptional(),
  })
  .describe(
    'Random changes of the views of training materials, drawn anew in every step; never where a model is measured or used.',
  );

/** Numbers below this keep their place when they are folded into 32 bits. */
const WORDS = 2 ** 32;

/**
 * The views of one material of a batch, changed at random: the same key, the same views. What `augmentations` does not name, and what a
 * material does not have, stays as it is.
 *
 * @param key seed of the run, step, row of the batch
 * @throws {DataError} `DATA_INVALID`
 */
export function augmentViews(
  augmentations: ViewAugmentations,
  views: MaterialViews,
  key: readonly [seed: number, step: number, row: number],
): MaterialViews {
  const changed = Object.entries(STEPPED).flatMap(([name, { apply }], stream) => {
    const view = name as SteppedView;
    const steps = augmentations[view] ?? [];
    const value = views[view];
    return value === undefined || steps.length === 0 ? [] : [[view, apply(value, steps, [...key, stream])]];
  });
  const image =
    views.image && augmentations.image
      ? { image: augmentImage(views.image, augmentations.image, imageKey(key)) }
      : {};
  if (changed.length === 0 && !('image' in image)) return views;
  return withViews(views, { ...Object.fromEntries(changed), ...image });
}

/** Two words that name the draw. */
function imageKey([seed, step, row]: readonly [number, number, number]): readonly [number, number] {
  return [seed, ((Math.imul(step, 0x9e37_79b1) + row) % WORDS) >>> 0];
}

/** `views` with some of them replaced; the others are still computed only when they are read. */
function withViews(views: MaterialViews, replaced: MaterialViews): MaterialViews {
  return Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(views),
      ...Object.getOwnPropertyDescriptors(replaced),
    },
  );
}
