import type { SampledSpectrum } from './sampled-spectrum';

/**
 * Samples at one position as their mean: programs that print energies with three decimals repeat some.
 *
 * Lists of unlike length come back as they are, for `checkSpectrum` to name.
 */
export function mergeEqualPositions(spectrum: SampledSpectrum): SampledSpectrum {
  const { positions, densities } = spectrum;
  if (positions.length !== densities.length) return spectrum;
  const merged: { positions: number[]; densities: number[] } = { positions: [], densities: [] };
  for (let begin = 0, end = 0; begin < positions.length; begin = end) {
    let sum = 0;
    do sum += densities[end++]!;
    while (end < positions.length && positions[end] === positions[begin]);
    merged.positions.push(positions[begin]!);
    merged.densities.push(sum / (end - begin));
  }
  return merged;
}
