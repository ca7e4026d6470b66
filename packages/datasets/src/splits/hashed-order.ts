/** Words in an order that depends on them and on the seed alone, not on the order in which they come. */
export function hashedOrder(words: Iterable<string>, seed: number): string[] {
  return [...new Set(words)]
    .map((word) => ({ word, high: hash(word, seed), low: hash(word, ~seed) }))
    .sort((a, b) => a.high - b.high || a.low - b.low || (a.word < b.word ? -1 : 1))
    .map(({ word }) => word);
}

/** FNV-1a over the UTF-16 code units, begun from the seed, then the finalizer of MurmurHash3. */
function hash(word: string, seed: number): number {
  let state = 0x811c9dc5 ^ Math.imul(seed ^ (seed >>> 16), 0x9e3779b1);
  for (let i = 0; i < word.length; i++) state = Math.imul(state ^ word.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
