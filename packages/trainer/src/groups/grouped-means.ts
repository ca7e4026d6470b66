import { bootstrapMean } from '../retrieval/bootstrap-mean';

/** Mean of a score over the materials of one group. */
export interface GroupMean {
  readonly group: string;
  /** Materials. */
  readonly count: number;
  readonly mean: number;
  /** 95 % bootstrap interval over the materials of the group. */
  readonly interval: readonly [low: number, high: number];
  /** Fewer than five materials: neither mean nor interval says much. */
  readonly few: boolean;
}

const FEW = 5;

/**
 * Mean of a score over each group with its bootstrap interval, the largest group first, equal ones by name; a material counts once in each of
 * its groups.
 *
 * @param values a score of each material
 * @param groupsOf groups of each material
 * @param seed key of the bootstrap
 */
export function groupedMeans(
  values: ArrayLike<number>,
  groupsOf: readonly (readonly string[])[],
  seed: number,
): GroupMean[] {
  const members = new Map<string, number[]>();
  groupsOf.forEach((groups, row) => {
    for (const group of new Set(groups)) {
      const held = members.get(group);
      if (held) held.push(values[row]!);
      else members.set(group, [values[row]!]);
    }
  });
  return [...members]
    .map(([group, held]): GroupMean => {
      const { mean, low, high } = bootstrapMean(Float64Array.from(held), { seed });
      return { group, count: held.length, mean, interval: [low, high], few: held.length < FEW };
    })
    .sort((a, b) => b.count - a.count || (a.group < b.group ? -1 : 1));
}
