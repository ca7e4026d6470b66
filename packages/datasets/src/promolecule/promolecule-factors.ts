import type { Structure } from '../structure/structure';
import { slaterAtom, slaterFormFactor } from './slater-atom';

const BOHR_ANGSTROM = 0.529177;
/** Deviation of the blur in grid spacings: 0.08 % is left at the finest wave of the grid. */
const BLUR_SPACINGS = 1.2;
/** Wave vectors this close in |G|², relative, share a form factor. */
const SAME_LENGTH = 1e-9;

/** a·a, b·b, c·c, b·c, a·c, a·b in Å². */
export type Metric = readonly [aa: number, bb: number, cc: number, bc: number, ac: number, ab: number];

/** Metric of a cell with rows a, b, c. */
export function metricOf(l: ArrayLike<number>): Metric {
  const dot = (i: number, j: number): number =>
    l[3 * i]! * l[3 * j]! + l[3 * i + 1]! * l[3 * j + 1]! + l[3 * i + 2]! * l[3 * j + 2]!;
  return [dot(0, 0), dot(1, 1), dot(2, 2), dot(1, 2), dot(0, 2), dot(0, 1)];
}

/** F_h = exp(−σ²G²/2) Σ_a f_a(G) exp(2πi h·x_a) within the sphere of the grid, at the indices that `synthesise` reads. */
export function promoleculeFactors(
  { atomicNumbers, fracCoords }: Structure,
  metric: Metric,
  size: number,
): { real: Float64Array; imaginary: Float64Array } {
  const real = new Float64Array(size ** 3);
  const imaginary = new Float64Array(size ** 3);
  const longest = Math.sqrt(Math.max(metric[0], metric[1], metric[2]));
  const sigma = (BLUR_SPACINGS * longest) / size;
  const limit = ((Math.PI * size) / longest) ** 2;
  const squaredLength = reciprocalForm(metric);
  const half = Math.ceil(size / 2) - 1;
  const kinds = [...new Set(atomicNumbers)];
  const atoms = Array.from(atomicNumbers, (atomicNumber, atom) => ({
    kind: kinds.indexOf(atomicNumber),
    x: phasesOf(fracCoords[3 * atom]!, half),
    y: phasesOf(fracCoords[3 * atom + 1]!, half),
    z: phasesOf(fracCoords[3 * atom + 2]!, half),
  }));
  const factorsOf = cachedFormFactors(kinds, limit);
  const indexOf = (h: number, k: number, l: number): number =>
    (((h + size) % size) * size + ((k + size) % size)) * size + ((l + size) % size);
  // One of h and −h; the other is its conjugate.
  for (let h = 0; h <= half; h++) {
    for (let k = h === 0 ? 0 : -half; k <= half; k++) {
      for (let l = h === 0 && k === 0 ? 0 : -half; l <= half; l++) {
        const squared = squaredLength(h, k, l);
        if (squared >= limit) continue;
        const factors = factorsOf(squared);
        let [re, im] = [0, 0];
        for (const { kind, x, y, z } of atoms) {
          const [xr, xi, yr, yi] = [x.cos[h + half]!, x.sin[h + half]!, y.cos[k + half]!, y.sin[k + half]!];
          const [zr, zi] = [z.cos[l + half]!, z.sin[l + half]!];
          const [pr, pi] = [xr * yr - xi * yi, xr * yi + xi * yr];
          re += factors[kind]! * (pr * zr - pi * zi);
          im += factors[kind]! * (pr * zi + pi * zr);
        }
        const blur = Math.exp(-0.5 * sigma * sigma * squared);
        const [at, opposite] = [indexOf(h, k, l), indexOf(-h, -k, -l)];
        real[at] = real[opposite] = blur * re;
        imaginary[opposite] = -blur * im;
        imaginary[at] = blur * im;
      }
    }
  }
  imaginary[0] = 0;
  return { real, imaginary };
}

interface Phases {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** exp(2πi h x) for h = −half … half. */
function phasesOf(x: number, half: number): Phases {
  const angle = (_: unknown, at: number): number => 2 * Math.PI * (at - half) * x;
  return {
    cos: Float64Array.from({ length: 2 * half + 1 }, (_, at) => Math.cos(angle(_, at))),
    sin: Float64Array.from({ length: 2 * half + 1 }, (_, at) => Math.sin(angle(_, at))),
  };
}

/** |G|² = 4π² hᵀ g⁻¹ h in Å⁻² of the metric tensor g. */
function reciprocalForm([aa, bb, cc, bc, ac, ab]: Metric): (h: number, k: number, l: number) => number {
  const cofactors = [
    bb * cc - bc * bc,
    aa * cc - ac * ac,
    aa * bb - ab * ab,
    ab * ac - aa * bc,
    ab * bc - bb * ac,
    ac * bc - cc * ab,
  ] as const;
  const determinant = aa * cofactors[0] + ab * cofactors[5] + ac * cofactors[4];
  const factor = (4 * Math.PI ** 2) / determinant;
  const [hh, kk, ll, kl, hl, hk] = cofactors;
  return (h, k, l) =>
    factor * (hh * h * h + kk * k * k + ll * l * l + 2 * (kl * k * l + hl * h * l + hk * h * k));
}

/** f(|G|) of every kind of atom by |G|², each length worked out once. */
function cachedFormFactors(kinds: readonly number[], limit: number): (squared: number) => Float64Array {
  const shells = kinds.map(slaterAtom);
  const known = new Map<number, Float64Array>();
  return (squared) => {
    const key = Math.round(squared / (limit * SAME_LENGTH));
    let factors = known.get(key);
    if (factors === undefined) {
      const wavenumberPerBohr = Math.sqrt(squared) * BOHR_ANGSTROM;
      factors = Float64Array.from(shells, (atom) => slaterFormFactor(atom, wavenumberPerBohr));
      known.set(key, factors);
    }
    return factors;
  };
}
