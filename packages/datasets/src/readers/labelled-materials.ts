import type { LabelledImage } from '../images/labelled-image';
import type { MaterialRecord } from '../material-record';

/**
 * Labelled images as materials with the views `image` and `description`, the latter `<subject>: <label>.`, for an alignment of images with
 * the words for them.
 *
 * Images of one label share their description, so it ties all of them as a candidate: the partner of a description is any image of its
 * label. No structure, no formula: none is known.
 *
 * @param subject what all images show, for example `Surface of hot-rolled steel`
 * @example
 * ```ts no-run
 * const materials = labelledMaterials(await readNeuDet('../shared/data'), 'Surface of hot-rolled steel');
 * materials[0]!.views.description; // 'Surface of hot-rolled steel: crazing.'
 * ```
 */
export function labelledMaterials(
  images: readonly LabelledImage<'train' | 'test'>[],
  subject: string,
): MaterialRecord[] {
  return images.map(({ id, image, label, split }) => ({
    id,
    formula: '',
    split: split ?? 'train',
    views: { image, description: `${subject}: ${label.replaceAll('_', ' ').toLowerCase()}.` },
    scalars: {},
  }));
}
