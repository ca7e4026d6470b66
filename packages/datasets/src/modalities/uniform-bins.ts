/** Bins of equal width on an axis such as energy or wavenumber; bin i covers first + (i ± ½) step. */
export interface UniformBins {
  readonly count: number;
  /** Centre of bin 0. */
  readonly first: number;
  readonly step: number;
}

/** Where bin i begins; bin `count` begins where the last one ends. */
export function binEdge({ first, step }: UniformBins, bin: number): number {
  return first + (bin - 0.5) * step;
}
