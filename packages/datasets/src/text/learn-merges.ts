import { MergeQueue } from './merge-queue';

/** When to stop merging. */
export interface MergeLimits {
  /** Distinct tokens at the end, the given ones included; at most 65,536. */
  readonly vocabularySize: number;
  /** A pair must stand this often in the texts. */
  readonly minFrequency: number;
}

/** What byte-pair encoding learned: tokens in order of their ids, and pairs of ids in order of merging. */
export interface LearnedMerges {
  readonly tokens: readonly string[];
  readonly merges: readonly (readonly [left: number, right: number])[];
}

/** A distinct piece of text as ids, and how often it stands in the texts. */
interface Piece {
  ids: number[];
  readonly count: number;
}

/** Ids stay below this, so that a pair of them is one exact number. */
const PAIR_BASE = 2 ** 16;

/**
 * Byte-pair encoding (Sennrich, Haddow and Birch, ACL 2016): the most frequent pair of neighbours becomes a token, again and
 * again; among equally frequent pairs the one of the lower ids (left, then right), as Hugging Face's trainer orders them.
 *
 * Counts of pairs are kept up to date: a merge looks only at the pieces that hold the pair. A heap gives the next pair; an entry
 * whose count is out of date is put back with the present one.
 *
 * @param pieces distinct pieces with their counts; every character of them is one of `alphabet`
 * @param reserved tokens in front of the alphabet that no text holds (`[PAD]` …)
 */
export function learnMerges(
  pieces: ReadonlyMap<string, number>,
  reserved: readonly string[],
  alphabet: readonly string[],
  { vocabularySize, minFrequency }: MergeLimits,
): LearnedMerges {
  const tokens = [...reserved, ...alphabet];
  const idOf = new Map(alphabet.map((letter, i) => [letter, reserved.length + i]));
  const words: Piece[] = Array.from(pieces, ([text, count]) => ({
    ids: Array.from(text, (letter) => idOf.get(letter)!),
    count,
  }));
  const counts = new Map<number, number>();
  const holders = new Map<number, number[]>();
  const queue = new MergeQueue();
  const touched = new Set<number>();

  /** Adds or takes away the pairs of a word; those that hold the token `fresh` (all at first) get a place in the queue. */
  const tally = (word: number, sign: 1 | -1, fresh: number | null): void => {
    const { ids, count } = words[word]!;
    for (let i = 0; i + 1 < ids.length; i++) {
      const pair = ids[i]! * PAIR_BASE + ids[i + 1]!;
      counts.set(pair, (counts.get(pair) ?? 0) + sign * count);
      if (sign < 0 || (fresh !== null && ids[i] !== fresh && ids[i + 1] !== fresh)) continue;
      const held = holders.get(pair);
      if (held === undefined) holders.set(pair, [word]);
      else if (held.at(-1) !== word) held.push(word);
      touched.add(pair);
    }
  };
  const enqueueTouched = (): void => {
    for (const pair of touched) {
      queue.push({ left: Math.floor(pair / PAIR_BASE), right: pair % PAIR_BASE, count: counts.get(pair)! });
    }
    touched.clear();
  };

  for (let word = 0; word < words.length; word++) tally(word, 1, null);
  enqueueTouched();
  const merges: [number, number][] = [];
  while (tokens.length < vocabularySize) {
    const best = queue.pop();
    if (best === undefined) break;
    const pair = best.left * PAIR_BASE + best.right;
    const count = counts.get(pair) ?? 0;
    if (count !== best.count) {
      if (count > 0) queue.push({ ...best, count });
      continue;
    }
    if (count < Math.max(1, minFrequency)) break;
    const text = tokens[best.left]! + tokens[best.right]!;
    const merged = idOf.get(text) ?? tokens.push(text) - 1;
    idOf.set(text, merged);
    merges.push([best.left, best.right]);
    for (const word of holders.get(pair)!) {
      const piece = words[word]!;
      const ids = mergePair(piece.ids, best.left, best.right, merged);
      if (ids.length === piece.ids.length) continue;
      tally(word, -1, merged);
      piece.ids = ids;
      tally(word, 1, merged);
    }
    counts.delete(pair);
    holders.delete(pair);
    enqueueTouched();
  }
  return { tokens, merges };
}

/** Every left, right in a row replaced by `merged`, from the left. */
function mergePair(ids: readonly number[], left: number, right: number, merged: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      result.push(merged);
      i++;
    } else result.push(ids[i]!);
  }
  return result;
}
