import type { PartShares } from './split-options';

/**
 * Groups, in the given order, each to the part that lacks the most records of its share (the first of equals): parts of groups of one
 * differ from their shares by less than one record.
 */
export function fillParts(groups: readonly (readonly string[])[], shares: PartShares): Map<string, string[]> {
  const total = groups.reduce((sum, { length }) => sum + length, 0);
  const parts = [...shares]
    .filter(([, share]) => share > 0)
    .map(([name, share]) => ({ name, wanted: share * total, ids: [] as string[] }));
  for (const group of groups) {
    const emptiest = parts.reduce((best, part) =>
      part.wanted - part.ids.length > best.wanted - best.ids.length ? part : best,
    );
    emptiest.ids.push(...group);
  }
  const filled = new Map(parts.map(({ name, ids }) => [name, ids]));
  return new Map([...shares.keys()].map((name) => [name, filled.get(name) ?? []]));
}

/** Groups, in the given order, one part after the other, each up to its share. */
export function cutParts(ids: readonly string[], shares: PartShares): Map<string, string[]> {
  let share = 0;
  let begin = 0;
  return new Map(
    [...shares].map(([name, part]) => {
      share += part;
      const end = Math.max(begin, Math.round(Math.min(1, share) * ids.length));
      const cut = ids.slice(begin, end);
      begin = end;
      return [name, cut];
    }),
  );
}
