/** Number of single-character insertions, deletions, substitutions and swaps of neighbours from `a` to `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** The key closest to `misspelt`, ignoring case, if it is close enough to be meant: at most a third of its letters differ. */
export function nearestKey(misspelt: string, keys: readonly string[]): string | undefined {
  if (misspelt.length > 100) return undefined;
  const distances = keys.map((key) => editDistance(misspelt.toLowerCase(), key.toLowerCase()));
  const best = distances.indexOf(Math.min(...distances));
  const key = keys[best];
  return key !== undefined && distances[best]! <= Math.max(1, Math.floor(key.length / 3)) ? key : undefined;
}
