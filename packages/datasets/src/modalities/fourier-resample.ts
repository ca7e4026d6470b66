/** Values on a periodic grid, the last index running fastest. */
export interface PeriodicGrid {
  readonly shape: readonly [number, number, number];
  readonly values: Float64Array;
}

/**
 * ρ(x) = Σ_h F_h exp(2πi h·x) of the samples, taken at another number of points along each axis: Fourier interpolation in
 * fractional coordinates.
 *
 * Exact for a field that holds no wave shorter than two steps of the coarser grid; shorter ones are left out, not aliased. The mean
 * stays. Sizes are arbitrary, primes too: each axis is one product with a small real matrix, so 100³ to 32³ costs 45 million
 * multiplications and no complex numbers.
 *
 * @param size points along each axis of the result
 */
export function fourierResample(
  { shape, values }: PeriodicGrid,
  size: readonly [number, number, number],
): PeriodicGrid {
  const [na, nb, nc] = shape;
  const [ma, mb, mc] = size;
  const first = resampleAxis(values, 1, na, nb * nc, ma);
  const second = resampleAxis(first, ma, nb, nc, mb);
  return { shape: size, values: resampleAxis(second, ma * mb, nc, 1, mc) };
}

/** [outer, points, inner] to [outer, wanted, inner]. */
function resampleAxis(
  values: Float64Array,
  outer: number,
  points: number,
  inner: number,
  wanted: number,
): Float64Array {
  if (points === wanted) return values;
  const weights = interpolationWeights(points, wanted);
  const result = new Float64Array(outer * wanted * inner);
  for (let block = 0; block < outer; block++) {
    for (let to = 0; to < wanted; to++) {
      const row = (block * wanted + to) * inner;
      for (let from = 0; from < points; from++) {
        const weight = weights[to * points + from]!;
        const source = (block * points + from) * inner;
        for (let each = 0; each < inner; each++) result[row + each]! += weight * values[source + each]!;
      }
    }
  }
  return result;
}

/**
 * [wanted, points] w_ji = 1/N Σ_k exp(2πi k x), x = j/M − i/N, over the waves |k| < min(N, M) / 2 that both grids hold; N points, M
 * wanted. Summed, sin((2K + 1) πx) / sin(πx) with the largest K.
 *
 * Of an even coarser grid also k = ± half of it: one wave there, of which the finer grid takes the cosine when it is the result and
 * both halves when it is the source. Up and back down is then the identity.
 */
function interpolationWeights(points: number, wanted: number): Float64Array {
  const coarse = Math.min(points, wanted);
  const waves = 2 * Math.ceil(coarse / 2) - 1;
  const edge = coarse % 2 === 1 ? 0 : wanted < points ? 2 : 1;
  // x in whole steps of 1 / (N M), so that angles are reduced exactly for any size.
  const period = points * wanted;
  const angle = (factor: number, steps: number): number =>
    (Math.PI * ((factor * steps) % (2 * period))) / period;
  const weights = new Float64Array(wanted * points);
  for (let to = 0; to < wanted; to++) {
    for (let from = 0; from < points; from++) {
      const steps = (to * points - from * wanted + period) % period;
      const sum = steps === 0 ? waves : Math.sin(angle(waves, steps)) / Math.sin(angle(1, steps));
      weights[to * points + from] = (sum + edge * Math.cos(angle(coarse, steps))) / points;
    }
  }
  return weights;
}
