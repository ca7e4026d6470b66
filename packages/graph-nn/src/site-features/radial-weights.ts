/** What distances are weighed by: `radialWeights` of K channels. */
export interface RadialWeightOptions {
  readonly basis: 'bessel' | 'gaussian';
  /** K. */
  readonly channels: number;
  /** c, Å. */
  readonly cutoffAngstrom: number;
  /** p. */
  readonly exponent: number;
}

/** Writes the weights w_n of a distance in Å, one a channel. */
export type RadialWeights = (distanceAngstrom: number, into: Float64Array) => void;

/**
 * w_n(d), n = 1 … K, each times the envelope u_p(d/c) of `besselBasis`, so that it fades out at c with its slope and curvature:
 * √2 sin(n π x) / x of x = d/c, the Bessel functions of `besselBasis` with c for the unit of length; or exp(−((d − c_n)/s)²) with centres
 * c_n = (n − ½) s a width s = c/K apart. Both are pure numbers.
 */
export function radialWeights(options: RadialWeightOptions): RadialWeights {
  const { cutoffAngstrom, exponent } = options;
  const raw = options.basis === 'bessel' ? besselWeights(options) : gaussianWeights(options);
  return (d, into) => {
    raw(d, into);
    const scale = envelope(d / cutoffAngstrom, exponent);
    for (let n = 0; n < into.length; n++) into[n]! *= scale;
  };
}

function besselWeights({ cutoffAngstrom }: RadialWeightOptions): RadialWeights {
  return (d, into) => {
    // sin((n + 1) θ) = 2 cos θ sin nθ − sin((n − 1) θ).
    const x = d / cutoffAngstrom;
    const angle = Math.PI * x;
    const twice = 2 * Math.cos(angle);
    let [before, sine] = [0, Math.sin(angle)];
    for (let n = 0; n < into.length; n++) {
      into[n] = (Math.SQRT2 * sine) / x;
      [before, sine] = [sine, twice * sine - before];
    }
  };
}

function gaussianWeights({ cutoffAngstrom, channels }: RadialWeightOptions): RadialWeights {
  const spacing = cutoffAngstrom / channels;
  return (d, into) => {
    for (let n = 0; n < into.length; n++) into[n] = Math.exp(-((d / spacing - n - 0.5) ** 2));
  };
}

/** u_p(x) = (1 − x)³ Σ_{k < p} (k + 1)(k + 2)/2 x^k: DimeNet's polynomial (`besselBasis`) without differences of large terms. */
function envelope(x: number, exponent: number): number {
  if (x >= 1) return 0;
  let sum = 0;
  for (let k = exponent; k > 0; k--) sum = sum * x + (k * (k + 1)) / 2;
  return (1 - x) ** 3 * sum;
}
