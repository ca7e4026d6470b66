import { occupanciesOf } from '../batch/site-environment';
import { type CheckedCrystal, type Crystal, checkCrystal } from '../graph/crystal';
import { GraphError } from '../graph/graph-error';
import type { NeighborList } from '../graph/neighbor-list';
import {
  checkCutoff,
  checkPositiveInteger,
  type NeighborsWithinOptions,
  neighborsWithin,
} from '../graph/neighbors-within';
import { type RadialWeightOptions, radialWeights } from './radial-weights';
import { harmonicCount, sphericalHarmonics } from './spherical-harmonics';

/** Options of {@link siteFeatures}. */
export interface SiteFeatureOptions {
  /** Radial weights: Bessel functions, each over all of the sphere, or Gaussians, each of a shell. Default `'bessel'`. */
  readonly basis?: 'bessel' | 'gaussian';
  /** Radial weights, K; default 8. */
  readonly channels?: number;
  /** Neighbours beyond this are not seen, Å; default 5. */
  readonly cutoffAngstrom?: number;
  /** p of the envelope that fades neighbours out; default 6. */
  readonly exponent?: number;
  /** Angles apart from numbers of neighbours: q_n1 and q_n2 in place of p_n1 and p_n2. Default false. */
  readonly normalized?: boolean;
}

/** Orders l of spherical harmonics, 0 to 2. */
const ORDERS = 3;
const DEFAULT_CHANNELS = 8;
/** Beside it a neighbour about to fade out does not count, so that q does not jump from 0 to 1 for it. */
const FADED = 0.01;

/** F = 3 K, the features of a site that {@link siteFeatures} makes with these options. */
export function siteFeatureCount({ channels = DEFAULT_CHANNELS }: SiteFeatureOptions): number {
  return ORDERS * channels;
}

/**
 * f_i,nl = log₁₀(1 + p_nl), p_nl(i) = 4π/(2l+1) Σ_m (Σ_j o_j w_n(d_ij) Y_lm(r̂_ij))², for the radial weights n and l = 0, 1, 2: what
 * the neighbours of a site look like with their angles. f_nl stands at 3 n + l.
 *
 * It is a sum over pairs of neighbours, p_nl = Σ_jk o_j w_n(d_ij) o_k w_n(d_ik) P_l(cos γ_jk), so it is the same for any orientation,
 * order of sites and cell, and tells apart what distances alone cannot: p_n2 of four neighbours of weight w is 4 w² in a square and
 * 0 in a tetrahedron. The sums go over all neighbours j within the cutoff, periodic images included; o_j is the occupancy of their
 * site, 1 in an ordered crystal; w_n and Y_lm are those of `radialWeights` and `sphericalHarmonics`. The envelope of the weights makes
 * it a continuous function of all positions. A site without neighbours has zeros. The logarithm, the same for all data, brings
 * features of few and of many neighbours to one scale, 0 to about 4.
 *
 * Normalised, f_n0 stays and f_nl = q_nl = √p_nl / (0.01 + Σ_j o_j |w_n(d_ij)|) for l = 1, 2, in [0, 1): Steinhardt's bond order, weighted.
 *
 * Sources: Bartók, Kondor and Csányi, Phys. Rev. B 87, 184115 (2013): the power spectrum, here of one channel with itself;
 * Steinhardt, Nelson and Ronchetti, Phys. Rev. B 28, 784 (1983): q_l; the envelope: see `besselBasis`.
 *
 * @returns float32 `[N, F]`, N sites, F = {@link siteFeatureCount}
 * @throws {@link GraphError} what `neighborsWithin` throws; INVALID_OPTION
 *
 * @example
 * ```ts
 * const options = { channels: 8, cutoffAngstrom: 5 };
 * const graph = crystalGraph(structure, { siteFeatures: options }); // graph.siteFeatures
 * const parameters = initCogn(key(0), { ...sizes, siteFeatures: siteFeatureCount(options) });
 * ```
 */
export function siteFeatures(
  crystal: Crystal,
  options: SiteFeatureOptions = {},
  search: NeighborsWithinOptions = {},
): Float32Array {
  const { normalized, ...radial } = checkedOptions(options);
  const checked = checkCrystal('siteFeatures', crystal);
  const list = neighborsWithin(crystal, radial.cutoffAngstrom, search);
  const { channels } = radial;
  const addUp = neighborSums(checked, list, radial);
  const sums = new Float64Array(channels * harmonicCount);
  const sizes = new Float64Array(channels);
  const features = new Float32Array(checked.siteCount * channels * ORDERS);
  for (let i = 0, at = 0; i < checked.siteCount; i++) {
    addUp(i, sums, sizes);
    for (let n = 0; n < channels; n++) {
      for (let l = 0; l < ORDERS; l++) {
        const power = powerOf(sums, n, l);
        features[at++] =
          normalized && l > 0 ? Math.sqrt(power) / (FADED + sizes[n]!) : Math.log1p(power) / Math.LN10;
      }
    }
  }
  return features;
}

/** Writes the sums Σ_j o_j w_n Y_lm of site i, `[K, 9]`, and the sums Σ_j o_j |w_n|, `[K]`. */
function neighborSums(
  { lattice, fracCoords, atomicNumbers, occupations }: CheckedCrystal,
  { source, image, distanceAngstrom, targetOffsets }: NeighborList,
  radial: RadialWeightOptions,
): (i: number, sums: Float64Array, sizes: Float64Array) => void {
  const occupancies = occupanciesOf({ atomicNumbers, ...(occupations ? { occupations } : {}) });
  const weigh = radialWeights(radial);
  const weights = new Float64Array(radial.channels);
  const harmonics = new Float64Array(harmonicCount);
  return (i, sums, sizes) => {
    sums.fill(0);
    sizes.fill(0);
    for (let e = targetOffsets[i]!; e < targetOffsets[i + 1]!; e++) {
      const [j, d] = [source[e]!, distanceAngstrom[e]!];
      const u = fracCoords[3 * j]! - fracCoords[3 * i]! + image[3 * e]!;
      const v = fracCoords[3 * j + 1]! - fracCoords[3 * i + 1]! + image[3 * e + 1]!;
      const w = fracCoords[3 * j + 2]! - fracCoords[3 * i + 2]! + image[3 * e + 2]!;
      sphericalHarmonics(
        (u * lattice[0]! + v * lattice[3]! + w * lattice[6]!) / d,
        (u * lattice[1]! + v * lattice[4]! + w * lattice[7]!) / d,
        (u * lattice[2]! + v * lattice[5]! + w * lattice[8]!) / d,
        harmonics,
      );
      weigh(d, weights);
      for (let n = 0; n < weights.length; n++) {
        const weight = occupancies[j]! * weights[n]!;
        sizes[n]! += Math.abs(weight);
        for (let k = 0; k < harmonicCount; k++) sums[n * harmonicCount + k]! += weight * harmonics[k]!;
      }
    }
  };
}

/** 4π/(2l+1) Σ_m a_nlm². */
function powerOf(sums: Float64Array, n: number, l: number): number {
  let squares = 0;
  for (let k = l * l; k < (l + 1) * (l + 1); k++) squares += sums[n * harmonicCount + k]! ** 2;
  return ((4 * Math.PI) / (2 * l + 1)) * squares;
}

function checkedOptions(options: SiteFeatureOptions): RadialWeightOptions & { normalized: boolean } {
  const op = 'siteFeatures';
  const {
    basis = 'bessel',
    channels = DEFAULT_CHANNELS,
    cutoffAngstrom = 5,
    exponent = 6,
    normalized = false,
  } = options;
  if (basis !== 'bessel' && basis !== 'gaussian') {
    throw new GraphError(
      'INVALID_OPTION',
      `${op}: basis must be 'bessel' or 'gaussian', got '${basis}'. Leave it out for Bessel functions.`,
    );
  }
  checkPositiveInteger(op, 'channels', channels);
  checkCutoff(op, cutoffAngstrom);
  checkPositiveInteger(op, 'exponent', exponent);
  return { basis, channels, cutoffAngstrom, exponent, normalized };
}
