import { normalBelow } from './normal-distribution';
import { checkSpectrum, type SampledSpectrum } from './sampled-spectrum';
import { binEdge, type UniformBins } from './uniform-bins';

/** A spectrum in bins. */
export interface BinnedSpectrum {
  /** `[count]` mean density in each bin: its integral over the bin divided by the bin's width. */
  readonly values: Float32Array;
  /** `[count]` share of each bin that lies within the samples, 0 to 1: below 1 the source says nothing of the rest. */
  readonly covered: Float32Array;
}

/**
 * v_i = 1/h ∫ over bin i of ρ(x) dx: a sampled density on bins of equal width, with nothing lost or made between the samples.
 *
 * ρ is linear between samples and 0 outside of them, so the integral is exact and bins of any width, finer or coarser than
 * the samples, hold the spectrum's integral over the window. With `broadening` σ, ρ is convolved with a Gaussian of that standard
 * deviation first: one Gaussian stands for what lies between two samples, or for each σ of it where they lie farther apart, with its
 * mass, mean and variance. A σ below a thousandth of a bin changes nothing and is left out.
 *
 * Units: those of the samples. Errors: as {@link checkSpectrum}.
 *
 * @param where names the spectrum in errors
 *
 * @example
 * ```ts
 * const bins = { count: 4, first: 0.5, step: 1 };
 * const { values } = resampleSpectrum({ positions: [0, 4], densities: [0, 4] }, bins, { where: 'ramp' });
 * // [0.5, 1.5, 2.5, 3.5]
 * ```
 */
export function resampleSpectrum(
  spectrum: SampledSpectrum,
  bins: UniformBins,
  { where, broadening = 0 }: { readonly where: string; readonly broadening?: number },
): BinnedSpectrum {
  const { positions, densities } = checkSpectrum(spectrum, where);
  const masses = new Float64Array(bins.count);
  const lengths = new Float64Array(bins.count);
  const broadens = broadening > bins.step / 1000;
  for (let i = 0; i + 1 < positions.length; i++) {
    const segment: Segment = [positions[i]!, positions[i + 1]!, densities[i]!, densities[i + 1]!];
    addSegment(segment, bins, broadens ? null : masses, lengths);
    if (broadens) addBroadened(segment, bins, broadening, masses);
  }
  return {
    values: Float32Array.from(masses, (mass) => mass / bins.step),
    covered: Float32Array.from(lengths, (length) => Math.min(1, length / bins.step)),
  };
}

/** Two neighbouring samples. */
type Segment = readonly [start: number, end: number, startDensity: number, endDensity: number];

/** Adds the integral of a segment over each bin it meets, and its length there. */
function addSegment(
  [start, end, startDensity, endDensity]: Segment,
  bins: UniformBins,
  masses: Float64Array | null,
  lengths: Float64Array,
): void {
  const densityAt = (x: number): number =>
    startDensity + ((endDensity - startDensity) * (x - start)) / (end - start);
  const first = Math.max(0, binOf(bins, start));
  const last = Math.min(bins.count - 1, binOf(bins, end));
  for (let bin = first; bin <= last; bin++) {
    const from = Math.max(start, binEdge(bins, bin));
    const to = Math.min(end, binEdge(bins, bin + 1));
    if (to <= from) continue;
    lengths[bin]! += to - from;
    if (masses) masses[bin]! += ((densityAt(from) + densityAt(to)) / 2) * (to - from);
  }
}

/** Deviations past which a Gaussian holds less than 1e-9. */
const REACH = 6;

/** Spreads a segment's mass as Gaussians with the mass, the mean and the variance of pieces of at most σ. */
function addBroadened(
  [start, end, startDensity, endDensity]: Segment,
  bins: UniformBins,
  sigma: number,
  masses: Float64Array,
): void {
  const from = Math.max(start, binEdge(bins, 0) - REACH * sigma);
  const to = Math.min(end, binEdge(bins, bins.count) + REACH * sigma);
  const pieces = Math.ceil((to - from) / sigma);
  const length = (to - from) / pieces;
  const slope = (endDensity - startDensity) / (end - start);
  for (let piece = 0; piece < pieces; piece++) {
    const middle = from + (piece + 0.5) * length;
    const density = startDensity + slope * (middle - start);
    if (density <= 0) continue;
    // A trapezoid is heavier where it is higher: ∫ x ρ / ∫ ρ, and the same of x².
    const offset = (slope * length ** 2) / (12 * density);
    const width = Math.sqrt(sigma ** 2 + length ** 2 / 12 - offset ** 2);
    addGaussian(density * length, middle + offset, bins, width, masses);
  }
}

function addGaussian(
  mass: number,
  middle: number,
  bins: UniformBins,
  sigma: number,
  masses: Float64Array,
): void {
  const first = Math.max(0, binOf(bins, middle - REACH * sigma));
  const last = Math.min(bins.count - 1, binOf(bins, middle + REACH * sigma));
  let below = normalBelow((binEdge(bins, first) - middle) / sigma);
  for (let bin = first; bin <= last; bin++) {
    const next = normalBelow((binEdge(bins, bin + 1) - middle) / sigma);
    masses[bin]! += mass * (next - below);
    below = next;
  }
}

function binOf({ first, step }: UniformBins, position: number): number {
  return Math.floor((position - first) / step + 0.5);
}
