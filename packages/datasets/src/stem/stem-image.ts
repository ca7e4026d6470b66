/** Classes of simulated images, in the order of labels. */
export const STEM_DEFECTS: readonly ['none', 'vacancy', 'substitution', 'edge-dislocation'] = [
  'none',
  'vacancy',
  'substitution',
  'edge-dislocation',
];

/** What is wrong with the crystal of an image. */
export type StemDefect = (typeof STEM_DEFECTS)[number];

/** Where a defect lies. */
export interface StemDefectPosition {
  readonly kind: Exclude<StemDefect, 'none'>;
  /** Pixels from the left edge of the image, at the time the beam passes. */
  readonly x: number;
  /** Pixels from the upper edge. */
  readonly y: number;
}

/** A simulated Z-contrast image of one crystal along one zone axis. */
export interface StemImage {
  readonly width: number;
  readonly height: number;
  readonly pixelAngstrom: number;
  /** [height, width] electrons counted in each pixel, or their expectation without noise. */
  readonly counts: Float32Array;
  readonly zoneAxis: readonly [number, number, number];
  /** Class label. */
  readonly defect: StemDefect;
  /** One for each defect in the image. */
  readonly positions: readonly StemDefectPosition[];
  /** Our own physics; no microscope made it. */
  readonly origin: 'simulated';
}

/** counts / max: an image in 0 … 1. */
export function stemGrey({ width, height, counts }: StemImage): {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
} {
  const largest = counts.reduce((max, count) => Math.max(max, count), 0);
  return { width, height, values: largest > 0 ? counts.map((count) => count / largest) : counts.slice() };
}
