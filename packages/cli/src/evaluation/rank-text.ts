import type { PairReport } from '@bravais/trainer';

type Ranks = PairReport['ranks'];

/** Ranks as text, a word for each query in the order of the split: `3` where 3 candidates are closer than the partner, `3+2` where 2 more tie. */
export function encodeRanks({ above, tied }: Ranks): string {
  return Array.from(above, (closer, i) => (tied[i] === 0 ? `${closer}` : `${closer}+${tied[i]}`)).join(' ');
}

/** What {@link encodeRanks} wrote; `null` where the text is no such list of as many words as queries. */
export function decodeRanks(text: string): Ranks | null {
  const words = text === '' ? [] : text.split(' ');
  const count = words.length;
  const above = new Uint32Array(count);
  const tied = new Uint32Array(count);
  for (const [i, word] of words.entries()) {
    const found = /^(\d{1,9})(?:\+(\d{1,9}))?$/.exec(word);
    if (!found) return null;
    above[i] = Number(found[1]);
    tied[i] = Number(found[2] ?? 0);
    if (above[i]! + tied[i]! >= count) return null;
  }
  return { count, above, tied };
}
