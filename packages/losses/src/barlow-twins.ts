import {
  batchNorm,
  type Device,
  type Expression,
  equal,
  type FusedFunction,
  fuse,
  matmul,
  mul,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
} from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms, pairName } from './alignment-loss';
import { checkEpsilon, checkLambda, DEFAULT_EPSILON, DEFAULT_LAMBDA } from './barlow-options';
import { checkEmbeddings, type Embeddings } from './embeddings';
import { LossError } from './errors';
import { checkPresence, type Presence, rowsWithAll, takeRows } from './presence';
import { withinRange } from './within-range';

/** Options of {@link barlowTwins}. */
export interface BarlowTwinsOptions {
  /** Which materials have each modality; a pair uses the rows that have both. Default: all have all. */
  readonly presence?: Presence;
  /** The modality that each other one is paired with. Default: every pair. */
  readonly anchor?: string;
  /** λ, the weight of elements off the diagonal. Default 0.0051. */
  readonly lambda?: number;
  /** Added to the variance before the root. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * L = Σ_i (1 - c_ii)² + λ Σ_{i≠j} c_ij² with c_ij = 1/B Σ_b u_bi v_bj, the mean over the pairs of modalities: Barlow Twins.
 *
 * u and v are the embeddings of a pair with each feature standardised over the batch inside the loss (biased variance), so that
 * c is a correlation: 1 on the diagonal where both agree, and no feature repeats another where it is 0 off it. There are no
 * negatives: nothing tells materials apart by name, and time grows with B D² instead of B² D. With `anchor` the pairs are those
 * of that modality with each other one, else all unordered pairs.
 *
 * A pair uses only rows that have both modalities, standardised among themselves; pairs with fewer than two such rows are left
 * out of the mean, and where none is left the loss is 0 with zero gradients. MultiMat leaves standardising to batch norms of the
 * encoders, some affine, some not, and none for text, so that its c is no correlation there; here it is one whatever the
 * encoders do.
 *
 * Shapes: embeddings `[B, D]`, rows aligned; `total` a scalar, terms by pair, `structure|text`. A feature that is constant over
 * the batch counts as 0, numbers beyond ±2^50 as those. The order of the materials and of the modalities does not matter. Source:
 * Zbontar et al., ICML 2021, equations 1 and 2.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `SHAPE`, `UNKNOWN_MODALITY`, `OPTION`
 * @throws {TensorError} `DTYPE` where an embedding is not f32
 *
 * @example
 * ```ts
 * const { total, terms } = barlowTwins({ structure, spectrum, text }, { anchor: 'structure', presence: { text: hasText } });
 * ```
 */
export function barlowTwins(embeddings: Embeddings, options: BarlowTwinsOptions = {}): AlignmentLoss {
  const { presence = {}, anchor, lambda = DEFAULT_LAMBDA, epsilon = DEFAULT_EPSILON } = options;
  const { names, batch, features } = checkEmbeddings('barlowTwins', embeddings, { atLeast: 2 });
  checkPresence('barlowTwins', presence, names, batch);
  checkLambda('barlowTwins', lambda);
  checkEpsilon('barlowTwins', epsilon);
  const { device } = embeddings[names[0]!]!;
  const pairs = pairsOf(names, anchor)
    .map((pair) => ({ pair, rows: rowsWithAll(presence, pair, batch) }))
    .filter(({ rows }) => rows.length >= 2);
  if (pairs.length === 0) return meanOfTerms(device, {});

  const standardized = standardizer(device, features, epsilon);
  // Whole embeddings are standardised once, whatever the number of their pairs.
  const whole = new Map<string, Tensor>();
  const taken = (name: string, rows: readonly number[]): Tensor => {
    const known = rows.length === batch ? whole.get(name) : undefined;
    if (known) return known;
    const made = standardized(takeRows(embeddings[name]!, rows));
    if (rows.length === batch) whole.set(name, made);
    return made;
  };
  const misfit = misfitOf(device, features, lambda);
  const terms = pairs.map(({ pair: [a, b], rows }) => {
    const correlation = matmul(taken(a, rows), taken(b, rows), { transposeA: true });
    return [pairName(a, b), sum(misfit(correlation))] as const;
  });
  return meanOfTerms(device, Object.fromEntries(terms));
}

function pairsOf(names: readonly string[], anchor: string | undefined): [a: string, b: string][] {
  if (anchor === undefined) {
    return names.flatMap((a, index) => names.slice(index + 1).map((b): [string, string] => [a, b]));
  }
  if (!names.includes(anchor)) {
    throw new LossError(
      'UNKNOWN_MODALITY',
      `barlowTwins: the anchor must be one of ${names.join(', ')}, got ${anchor}. Name one that has an embedding.`,
    );
  }
  return names.filter((name) => name !== anchor).map((name) => [anchor, name]);
}

/** u / √B from f32 [B, D], u standardised over the batch: products over the batch of two of these are means. */
function standardizer(device: Device, features: number, epsilon: number): (x: Tensor) => Tensor {
  const bias = tensor(device, new Float32Array(features));
  const weights = new Map<number, Tensor>();
  return (x) => {
    const rows = x.shape[0]!;
    const weight = weights.get(rows) ?? tensor(device, new Float32Array(features).fill(1 / Math.sqrt(rows)));
    weights.set(rows, weight);
    return batchNorm(withinRange(x), weight, bias, { training: true, epsilon }).output;
  };
}

/** (1 - c_ii)² on the diagonal of c [D, D] and λ c_ij² off it. */
function misfitOf(device: Device, features: number, lambda: number): (correlation: Tensor) => Tensor {
  const numbers = tensor(
    device,
    Float32Array.from({ length: features }, (_, i) => i),
  );
  const weight = tensor(device, [lambda], []);
  const [row, column] = [numbers.view([features, 1]), numbers.view([1, features])];
  return (correlation) => elementMisfit(correlation, row, column, weight);
}

const elementMisfit: FusedFunction<[Expression, Expression, Expression, Expression]> = fuse(
  (c: Expression, row: Expression, column: Expression, lambda: Expression) => {
    const missing = sub(1, c);
    return where(equal(row, column), mul(missing, missing), mul(lambda, mul(c, c)));
  },
  'barlow-twins-misfit',
);
