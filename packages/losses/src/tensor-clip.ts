import { exp, l2Normalize, minimum, mul, type Tensor } from '@bravais/tensor-core';
import type { RandomKey } from '@bravais/tensor-core/random';
import { type AlignmentLoss, meanOfTerms } from './alignment-loss';
import { type LogitScale, MAX_LOG_SCALE } from './clip';
import { checkEmbeddings, type Embeddings } from './embeddings';
import { LossError } from './errors';
import { shuffledCrossEntropies } from './ops/shuffled-tuples';
import { trilinearCrossEntropyByAxis } from './ops/trilinear/tensor-clip';
import type { TripleNegatives } from './ops/trilinear/tensor-clip/negatives';
import { checkSlabBytes, type TrilinearOptions } from './ops/trilinear/variant';
import { checkPresence, type Presence, rowsWithAll, takeRows } from './presence';
import { withinRange } from './within-range';

/** What {@link tensorClip} tells the true tuple of a material from. */
export type TensorClipNegatives = TripleNegatives | 'shuffled';

/** Options of {@link tensorClip} besides its temperature. */
export interface TensorClipSettings extends TrilinearOptions {
  /** Which materials have each modality; rows that lack any of them are left out. Default: all have all. */
  readonly presence?: Presence;
  /**
   * `all` (default): every triple that holds the anchor, B². `distinct`: of those, the ones of three different materials.
   * `shuffled`: B - 1 tuples whose members besides the anchor are drawn by permutations, for any number of modalities.
   */
  readonly negatives?: TensorClipNegatives;
  /** Where the permutations of `shuffled` come from; a new one each step. */
  readonly key?: RandomKey;
}

/** Options of {@link tensorClip}: 1/τ, fixed or learned, and the rest. */
export type TensorClipOptions = LogitScale & TensorClipSettings;

/** Scores up to this one have finite slopes. */
const LARGEST_FACTOR = 1e30;

const NEGATIVES: readonly TensorClipNegatives[] = ['all', 'distinct', 'shuffled'];

/**
 * L = mean over modalities a and materials i of [log Σ_t exp T_t - T_ii…i], t over the tuples that hold a's row i, with
 * T_bc… = Σ_d x̂_bd ŷ_cd … / τ: TensorCLIP, in which each member of a true tuple is told from tuples it could be part of.
 *
 * Rows are scaled to unit length first. Three modalities have B² such triples for each anchor, which are never stored: memory
 * grows with B², time with B³ D. With `negatives: 'shuffled'` an anchor's candidates are its true rest and, for each j ≠ i, a
 * rest whose members come from row π_m(j) of each other modality m, π_m random permutations that depend on `key` alone: time
 * grows with B² D. A tuple that so happens to be the true one is left out. For two modalities that is one direction of `clip`
 * with fewer negatives: use `clip`.
 *
 * `all` and `distinct` do not depend on the order of the materials or of the modalities; `shuffled` depends on both, since they
 * decide which permutation goes where. `distinct` needs three materials to tell anything apart: with two it is 0.
 *
 * Rows that lack a modality are neither positives nor negatives; where fewer than two rows have all of them the loss is 0 with
 * zero gradients. MultiMat's own code runs another loss under this name, weighting half-true triples 190 times the true ones at
 * B = 128, and is infinite or NaN for any batch in which a material lacks a modality; here each anchor has one positive, and
 * masks give the sub-batch's own value. Symile's code counts a shuffled tuple that is the true one as a negative; here it is
 * left out.
 *
 * A high T does not mean that rows point the same way: for one unit vector three times it is Σ_d z_d³, and two of the three may
 * change sign.
 *
 * Shapes: embeddings `[B, D]`, rows aligned; `total` a scalar, the mean of one term for each modality as the anchor, by its name.
 * Numbers beyond ±2^50 count as those. Source: MultiMat (arXiv 2312.00111, first version), TensorCLIP; Symile (Saporta et al.,
 * NeurIPS 2024), the multilinear inner product, whose O(N²) negatives are `all` and whose O(N) negatives are `shuffled`.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `TOO_MANY_MODALITIES` where there are not three and negatives are not `shuffled`,
 * `SHAPE`, `UNKNOWN_MODALITY`, `OPTION`
 * @throws {TensorError} `DTYPE` where an embedding is not f32
 *
 * @example
 * ```ts
 * const { total } = tensorClip({ structure, spectrum, density }, { temperature: 0.1, presence: { density: hasDensity } });
 * const four = tensorClip(
 *   { structure, spectrum, density, text },
 *   { logScale, negatives: 'shuffled', key: foldIn(lossKey, step) },
 * );
 * ```
 */
export function tensorClip(embeddings: Embeddings, options: TensorClipOptions): AlignmentLoss {
  const { presence = {}, negatives = 'all', key, slabBytes, variant } = options;
  if (!NEGATIVES.includes(negatives)) {
    throw new LossError(
      'OPTION',
      `tensorClip: negatives must be ${NEGATIVES.join(', ')}, got ${String(negatives)}.`,
    );
  }
  const shuffled = negatives === 'shuffled';
  const { names, batch } = checkEmbeddings(
    shuffled ? 'tensorClip' : `tensorClip with ${negatives} negatives`,
    embeddings,
    shuffled ? { atLeast: 2 } : { exactly: 3 },
  );
  checkPresence('tensorClip', presence, names, batch);
  const scale = factorOf(options);
  const { device } = embeddings[names[0]!]!;
  const rows = rowsWithAll(presence, names, batch);
  const taken = (name: string): Tensor => l2Normalize(withinRange(takeRows(embeddings[name]!, rows)));

  if (shuffled) {
    if (!key) {
      throw new LossError(
        'OPTION',
        'tensorClip: shuffled negatives need a key, got none. Pass one for each step, such as foldIn(key(0), step).',
      );
    }
    const bytes = checkSlabBytes('tensorClip', slabBytes);
    if (rows.length < 2) return meanOfTerms(device, {});
    // Every score holds one row of the first modality, so that these alone carry 1/τ.
    const units = names.map((name, index) => (index === 0 ? mul(taken(name), scale) : taken(name)));
    const terms = shuffledCrossEntropies(units, key, bytes);
    return meanOfTerms(device, Object.fromEntries(names.map((name, index) => [name, terms[index]!])));
  }

  if (rows.length < 2) return meanOfTerms(device, {});
  const [x, y, z] = names.map(taken) as [Tensor, Tensor, Tensor];
  const fixed = typeof scale === 'number';
  const { loss, terms } = trilinearCrossEntropyByAxis([fixed ? x : mul(x, scale), y, z], {
    ...(slabBytes === undefined ? {} : { slabBytes }),
    ...(variant === undefined ? {} : { variant }),
    negatives,
    scale: fixed ? scale : 1,
  });
  return { total: loss, terms: Object.fromEntries(names.map((name, axis) => [name, terms[axis]!])) };
}

/** 1/τ as a number, or on the device where it is learned. */
function factorOf(scale: LogitScale): number | Tensor {
  if ('logScale' in scale) {
    const { logScale } = scale;
    if (logScale.size === 1) return exp(minimum(logScale, MAX_LOG_SCALE));
    throw new LossError(
      'SHAPE',
      `tensorClip: logScale must hold one number, got shape [${logScale.shape.join(', ')}].`,
    );
  }
  const { temperature } = scale;
  const factor = 1 / temperature;
  if (factor > 0 && factor < LARGEST_FACTOR) return factor;
  throw new LossError(
    'OPTION',
    `tensorClip: temperature must be positive, finite and above 1e-30, got ${temperature}.`,
  );
}
