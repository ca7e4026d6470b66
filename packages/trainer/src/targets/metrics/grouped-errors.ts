/** Error of the materials of one group. */
export interface GroupError {
  readonly group: string;
  /** Materials. */
  readonly count: number;
  /** Mean of |ŷ - y|. */
  readonly mae: number;
}

/**
 * Mean absolute error of each group, the largest group first, equal ones by name; a material counts in each of its groups.
 *
 * @param residuals ŷ - y
 * @param groupsOf groups of each material
 */
export function groupedErrors(
  residuals: ArrayLike<number>,
  groupsOf: readonly (readonly string[])[],
): GroupError[] {
  const sums = new Map<string, { count: number; total: number }>();
  groupsOf.forEach((groups, row) => {
    for (const group of new Set(groups)) {
      const { count, total } = sums.get(group) ?? { count: 0, total: 0 };
      sums.set(group, { count: count + 1, total: total + Math.abs(residuals[row]!) });
    }
  });
  return [...sums]
    .map(([group, { count, total }]) => ({ group, count, mae: total / count }))
    .sort((a, b) => b.count - a.count || (a.group < b.group ? -1 : 1));
}
