import { DataError } from '../data-error';
import type { AugmentationKey, JsonFields, Modality, Prepared } from './modality';

/** An augmentation by name; plain JSON. */
export type AugmentationStep = {
  readonly name: string;
  /** In the augmentation's own measure; its default where left out. */
  readonly amount?: number;
};

/**
 * A view with augmentations applied one after the other, each with randomness of its own.
 *
 * @param key integers that name the draw, such as `[seed, epoch, row]`
 * @throws {DataError} `DATA_INVALID` for a name that the modality does not have, or an amount that is negative or not finite
 *
 * @example
 * ```ts
 * augment(densityGridModality, prepared, [{ name: 'periodicShift' }, { name: 'axisPermutation' }], [seed, epoch, row], options);
 * ```
 */
export function augment<Raw, Options extends JsonFields<Options>, View>(
  modality: Modality<Raw, Options, View>,
  prepared: Prepared<View>,
  steps: readonly AugmentationStep[],
  key: AugmentationKey,
  options: Options,
): Prepared<View> {
  return steps.reduce((before, { name, amount }, step) => {
    const augmentation = Object.hasOwn(modality.augmentations, name)
      ? modality.augmentations[name]
      : undefined;
    if (augmentation === undefined) {
      throw new DataError(
        'DATA_INVALID',
        `${modality.name} augmentation`,
        `one of ${Object.keys(modality.augmentations).join(', ')} expected, got ${name}. Check the spelling.`,
      );
    }
    const much = amount ?? augmentation.amount;
    if (!(much >= 0 && much < Number.POSITIVE_INFINITY)) {
      throw new DataError(
        'DATA_INVALID',
        `${modality.name} augmentation ${name}`,
        `an amount of 0 or more (${augmentation.measure}) expected, got ${much}. Correct the amount.`,
      );
    }
    return augmentation.apply(before, much, [...key, step], options);
  }, prepared);
}
