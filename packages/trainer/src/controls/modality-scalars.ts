import { type GridView, type ImageView, VIEW_FORMS, type ViewForm, type ViewName } from '@bravais/datasets';
import type { PreparedMaterial } from '../model';
import type { ViewValue } from '../model/view-encoders/view-encoder-kind';

/** Keeps logarithms of empty views finite. */
const LEAST = 1e-6;

/**
 * One or two numbers that a modality gives away without being understood; `null` where the material does not have it.
 *
 * Structure: log sites and log volume (Å³). Spectrum: log of the mean intensity, its integral. Vector: mean and root of the mean square.
 * Grid: mean, which of a charge density is electrons by volume, and log volume. Text: log of its length. Image: mean and deviation.
 */
export function modalityScalars({ structure, views }: PreparedMaterial, modality: string): number[] | null {
  if (modality === 'structure') {
    if (!structure) return null;
    const { atomicNumbers, volumeAngstrom3 } = structure.graph;
    // A formula by itself has neither.
    if (Number.isNaN(volumeAngstrom3)) return null;
    return [Math.log(atomicNumbers.length), Math.log(volumeAngstrom3)];
  }
  const value = views[modality as ViewName];
  return value === undefined ? null : viewScalars(VIEW_FORMS[modality as ViewName], value);
}

function viewScalars({ kind }: ViewForm, value: ViewValue): number[] {
  switch (kind) {
    case 'spectrum':
      return [Math.log(LEAST + meanOf(value as Float32Array))];
    case 'vector': {
      const vector = value as Float32Array;
      return [meanOf(vector), Math.sqrt(meanOf(vector.map((each) => each ** 2)))];
    }
    case 'grid': {
      const { values, metric } = value as GridView;
      return [meanOf(values), Math.log(LEAST + volumeOf(metric))];
    }
    case 'text':
      return [Math.log(1 + (value as string).length)];
    case 'image': {
      const { values } = value as ImageView;
      const mean = meanOf(values);
      return [mean, Math.sqrt(meanOf(values.map((each) => (each - mean) ** 2)))];
    }
  }
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** √det of the metric, Å³. */
function volumeOf(metric: Float32Array): number {
  const [aa, bb, cc, bc, ac, ab] = metric as unknown as [number, number, number, number, number, number];
  return Math.sqrt(Math.max(0, aa * bb * cc + 2 * bc * ac * ab - aa * bc ** 2 - bb * ac ** 2 - cc * ab ** 2));
}
