/** The materials that have every modality of a group which a loss contrasts. */
export interface Group {
  readonly rows: readonly number[];
  /** 1 for each of them. */
  readonly mask: ArrayLike<number>;
}

/** Materials of a group that a batch needs: one has nothing to be told from. */
const LEAST = 2;

/** How often each material appears in an epoch, and its place in the permutation of the epoch, which decides between equals. */
export interface Usage {
  readonly times: Int32Array;
  readonly rank: Int32Array;
}

/**
 * The batch with at least two materials of every group, as far as there is room; what comes in is the least used of its group, what goes
 * out the most used that no group needs. Both are counted in `usage`.
 *
 * @param groups of at least two materials each
 * @param turn index of the group that is served first, beyond the last counted from the first again
 */
export function completeBatch(
  batch: readonly number[],
  groups: readonly Group[],
  turn: number,
  usage: Usage,
): Int32Array {
  const needed = new Set<number>();
  const added: number[] = [];
  for (let at = 0; at < groups.length; at++) {
    const { mask, rows } = groups[(turn + at) % groups.length]!;
    let count = [...needed].filter((row) => mask[row] !== 0).length;
    const own = batch.filter((row) => mask[row] !== 0 && !needed.has(row));
    while (count < LEAST && needed.size < batch.length) {
      const row = own.shift() ?? leastUsed(rows, needed, usage);
      if (!batch.includes(row)) {
        added.push(row);
        usage.times[row]!++;
      }
      needed.add(row);
      count++;
    }
  }
  const isBefore = precedes(usage);
  const leaving = batch
    .filter((row) => !needed.has(row))
    .sort((a, b) => (isBefore(a, b) ? 1 : -1))
    .slice(0, added.length);
  for (const row of leaving) usage.times[row]!--;
  return Int32Array.from([...batch.filter((row) => !leaving.includes(row)), ...added]);
}

/** The row that appears least often, the first in the permutation among equals. */
function leastUsed(rows: readonly number[], without: ReadonlySet<number>, usage: Usage): number {
  const isBefore = precedes(usage);
  return rows.filter((row) => !without.has(row)).reduce((best, row) => (isBefore(row, best) ? row : best));
}

function precedes({ times, rank }: Usage): (a: number, b: number) => boolean {
  return (a, b) => (times[a] === times[b] ? rank[a]! < rank[b]! : times[a]! < times[b]!);
}
