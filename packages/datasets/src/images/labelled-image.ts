import type { GreyImage } from './grey-image';

/** An image of a labelled set. */
export interface LabelledImage<Part extends string = string> {
  /** Stable within its set. */
  readonly id: string;
  readonly image: GreyImage;
  /** Name of its class. */
  readonly label: string;
  /** Part of the set that it belongs to; null where the set has none. */
  readonly split: Part | null;
}
