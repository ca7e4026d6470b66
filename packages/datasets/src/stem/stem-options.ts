import { StemError } from './stem-error';
import type { StemDefect } from './stem-image';

/** Settings of `simulateStem`. */
export interface StemOptions {
  /** Lattice indices u, v, w along the beam, in the axes of the structure; [0, 0, 1] by default. */
  readonly zoneAxis?: readonly [number, number, number];
  /** Pixels along each edge; 64 by default. */
  readonly pixels?: number;
  /** Size of a pixel, Å; 0.3 by default. */
  readonly pixelAngstrom?: number;
  /** Standard deviation of the Gaussian probe, Å; 0.45 by default (1.06 Å wide at half height). */
  readonly probeAngstrom?: number;
  /** Mean electrons counted in a pixel of the perfect crystal; 100 by default. */
  readonly dose?: number;
  /** Share of the dose that falls evenly on all pixels; 0.1 by default. */
  readonly background?: number;
  /** How far the sample drifts along x and y, at even speed, while the image is taken, Å; none by default. */
  readonly driftAngstrom?: readonly [number, number];
  /** Poisson noise; on by default. */
  readonly noise?: boolean;
  readonly defect?: StemDefect;
  /** Share of the atoms of a column that are missing or exchanged; 0.5 by default. */
  readonly columnShare?: number;
  /** Element that is put in by `substitution`; by default gold in columns of mean Z below 50, silicon in heavier ones. */
  readonly dopantAtomicNumber?: number;
  /** Of the medium around a dislocation; 0.3 by default. */
  readonly poissonRatio?: number;
  /** Place of the crystal under the beam, of the defects, and the noise; 0 by default. */
  readonly seed?: number;
}

/** Settings with defaults filled in. */
export type FilledStemOptions = Required<Omit<StemOptions, 'dopantAtomicNumber'>> & {
  readonly dopantAtomicNumber: number | null;
};

const LARGEST_PIXELS = 1024;

/** @throws {StemError} `STEM_OPTIONS` naming the setting */
export function fillStemOptions(options: StemOptions): FilledStemOptions {
  const filled: FilledStemOptions = {
    zoneAxis: [0, 0, 1],
    pixels: 64,
    pixelAngstrom: 0.3,
    probeAngstrom: 0.45,
    dose: 100,
    background: 0.1,
    driftAngstrom: [0, 0],
    noise: true,
    defect: 'none',
    columnShare: 0.5,
    dopantAtomicNumber: null,
    poissonRatio: 0.3,
    seed: 0,
    ...options,
  };
  const ranges: readonly (readonly [keyof FilledStemOptions, number, number])[] = [
    ['pixels', 8, LARGEST_PIXELS],
    ['pixelAngstrom', 0.02, 5],
    ['probeAngstrom', 0.1, 5],
    ['dose', 1e-3, 1e6],
    ['background', 0, 0.99],
    ['columnShare', 0, 1],
    ['poissonRatio', 0, 0.5],
  ];
  for (const [name, low, high] of ranges) {
    const value = filled[name] as number;
    if (!(value >= low && value <= high)) throw outOfRange(name, `${low} to ${high}`, value);
  }
  const { pixels, seed, driftAngstrom, pixelAngstrom } = filled;
  if (!Number.isInteger(pixels)) throw outOfRange('pixels', 'an integer', pixels);
  if (!Number.isSafeInteger(seed)) throw outOfRange('seed', 'an integer', seed);
  const farthest = (pixels * pixelAngstrom) / 2;
  if (!driftAngstrom.every((drift) => Math.abs(drift) <= farthest)) {
    throw outOfRange(
      'driftAngstrom',
      `at most half the field, ${farthest} Å, along each axis`,
      driftAngstrom,
    );
  }
  return filled;
}

function outOfRange(name: string, expected: string, value: unknown): StemError {
  return new StemError(
    'STEM_OPTIONS',
    `stem: ${name} of ${expected} expected, got ${String(value)}. Change it.`,
  );
}
