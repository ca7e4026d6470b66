import { ensembleMoments } from '../uncertainty';

/** What members predict of one material, on one scale. */
export interface MemberPrediction {
  readonly value: number;
  readonly probabilities?: readonly number[];
}

/** What they predict together. */
export interface MeanPrediction extends MemberPrediction {
  /** Of a number: sample standard deviation over the members. */
  readonly deviation?: number;
}

/**
 * Of a number the mean over members with their deviation; of a class the one with the largest mean probability, of equal ones the first.
 *
 * @param members two at least
 * @param classes in the order of probabilities; absent for a number
 */
export function meanPrediction(
  members: readonly MemberPrediction[],
  classes?: ArrayLike<number>,
): MeanPrediction {
  if (!classes) {
    const { mean, deviation } = ensembleMoments(members.map(({ value }) => [value]));
    return { value: mean[0]!, deviation: deviation[0]! };
  }
  const probabilities = Array.from(
    classes,
    (_, place) => members.reduce((sum, member) => sum + member.probabilities![place]!, 0) / members.length,
  );
  return { value: classes[probabilities.indexOf(Math.max(...probabilities))]!, probabilities };
}
