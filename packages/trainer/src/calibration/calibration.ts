import type { NoveltyReference } from './novelty-reference';

/** What a model keeps of the validation and the training split, so that it can say without data how sure it is. */
export interface Calibration {
  /**
   * |ŷ - y| of validation materials by regression target, in the unit that errors are reported in: the scores of split-conformal intervals.
   * None of a target without a label there.
   */
  readonly scores: Readonly<Record<string, Float32Array>>;
  /** Of models that take structures; `null` where fewer than two training materials have one. */
  readonly novelty: NoveltyReference | null;
}

/** Fraction of labels that intervals are to hold where nobody says otherwise. */
export const DEFAULT_LEVEL = 0.9;
