import { requireFinite, requireLength, UncertaintyError } from './uncertainty-error';

/** What the members of an ensemble say together. */
export interface EnsembleMoments {
  /** Mean over members, of each material. */
  readonly mean: Float64Array;
  /** Sample standard deviation over members (k − 1), of each material. */
  readonly deviation: Float64Array;
}

/**
 * mean_i = Σ_m ŷ_mi / k, deviation_i = √(Σ_m (ŷ_mi − mean_i)² / (k − 1)): a deep ensemble of k seeds (Lakshminarayanan et al., NeurIPS 2017)
 * with members that predict a number each. The deviation is what the members disagree by, not the noise of the labels.
 *
 * @param members predictions `[n]` of each of at least 2 members
 * @throws UncertaintyError `ARGUMENT` for fewer than 2 members, `SHAPE` where lengths differ, `NOT_FINITE`
 *
 * @example
 * const { mean, deviation } = ensembleMoments([seed0, seed1, seed2]);
 */
export function ensembleMoments(members: readonly ArrayLike<number>[]): EnsembleMoments {
  const [first] = members;
  if (!first || members.length < 2) {
    const message = `ensemble: at least 2 members expected, got ${members.length}. Train with another seed.`;
    throw new UncertaintyError('ARGUMENT', message);
  }
  for (const member of members) {
    requireLength('ensemble', member.length, first.length);
    requireFinite('ensemble', member);
  }
  const mean = Float64Array.from(
    first,
    (_, i) => members.reduce((sum, member) => sum + member[i]!, 0) / members.length,
  );
  const deviation = mean.map((centre, i) =>
    Math.sqrt(members.reduce((sum, member) => sum + (member[i]! - centre) ** 2, 0) / (members.length - 1)),
  );
  return { mean, deviation };
}
