import type { Structure } from '../structure/structure';
import { insertDefect } from './insert-defect';
import { poisson } from './poisson';
import { projectColumns } from './projected-columns';
import { PROBE_REACH, scanColumns } from './scan-columns';
import { seededUniforms } from './seeded-uniforms';
import { StemError } from './stem-error';
import type { StemImage } from './stem-image';
import { type FilledStemOptions, fillStemOptions, type StemOptions } from './stem-options';
import { tileColumns } from './tiled-columns';

/** Columns this many Burgers vectors outside the field can be displaced into it. */
const DISPLACED_BURGERS = 2;

/**
 * A simulated Z-contrast (HAADF-STEM) image of a crystal: Σ Z^1.7 of each column of atoms under a Gaussian probe, with a defect
 * of choice, drift and Poisson noise of the counted electrons.
 *
 * Incoherent imaging of columns: no channelling, no thickness, no thermal scattering beyond the exponent; the sample is as thick as one likes, because the
 * dose sets the counts. The dose is the mean of the perfect crystal in the same field, so a vacancy dims its column and no other.
 * The same structure, options and seed give the same image.
 *
 * @throws {StemError} `ZONE_AXIS`, `STEM_OPTIONS`, `DISORDERED`
 * @example
 * ```ts
 * const { counts, positions } = simulateStem(silicon, { zoneAxis: [1, 1, 0], defect: 'vacancy', seed: 7 });
 * ```
 */
export function simulateStem(structure: Structure, options: StemOptions = {}): StemImage {
  const filled = fillStemOptions(options);
  if (structure.occupations !== null) {
    throw new StemError(
      'DISORDERED',
      'stem: one atom on every site expected, got a disordered structure. Call orderStructure first.',
    );
  }
  const { pixels, pixelAngstrom, probeAngstrom, driftAngstrom, defect, zoneAxis } = filled;
  const projection = projectColumns(structure, zoneAxis);
  const uniform = seededUniforms(filled.seed);
  const burgers = projection.first[0];
  const drift = Math.max(Math.abs(driftAngstrom[0]), Math.abs(driftAngstrom[1]));
  const margin = PROBE_REACH * probeAngstrom + drift + DISPLACED_BURGERS * burgers;
  const [u, v] = [uniform(), uniform()];
  const origin = [u * projection.first[0] + v * projection.second[0], v * projection.second[1]] as const;
  const perfect = tileColumns(projection, pixels * pixelAngstrom, margin, origin);
  const { columns, place } = insertDefect(perfect, filled, burgers, uniform);
  const expected = expectedCounts(
    scanColumns(columns, filled),
    defect === 'none' ? null : scanColumns(perfect, filled),
    filled,
  );
  return {
    width: pixels,
    height: pixels,
    pixelAngstrom,
    counts: Float32Array.from(expected, (mean) => (filled.noise ? poisson(mean, uniform) : mean)),
    zoneAxis,
    defect,
    positions: place === null || defect === 'none' ? [] : [{ kind: defect, ...inPixels(place, filled) }],
    origin: 'simulated',
  };
}

/** Scales an image so that the perfect crystal has the mean `dose`, background included. */
function expectedCounts(
  image: Float64Array,
  perfect: Float64Array | null,
  { dose, background }: FilledStemOptions,
): Float64Array {
  const mean = (perfect ?? image).reduce((sum, value) => sum + value, 0) / image.length;
  const scale = mean > 0 ? (dose * (1 - background)) / mean : 0;
  return image.map((value) => value * scale + dose * background);
}

/** Where the drifting sample shows a place. */
function inPixels(
  [x, y]: readonly [number, number],
  { pixels, pixelAngstrom, driftAngstrom }: FilledStemOptions,
): { x: number; y: number } {
  // The beam is at height field · t, the place at y + d_y t; they meet once.
  const time = y / (pixels * pixelAngstrom - driftAngstrom[1]);
  return {
    x: (x + time * driftAngstrom[0]) / pixelAngstrom,
    y: (y + time * driftAngstrom[1]) / pixelAngstrom,
  };
}
