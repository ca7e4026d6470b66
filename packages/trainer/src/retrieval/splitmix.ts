/**
 * The i-th 32-bit word of the stream of `seed`: state seed + (i + 1)·0x9E3779B9, then the 32-bit finaliser of MurmurHash3.
 *
 * SplitMix (Steele, Lea and Flood, OOPSLA 2014) in 32-bit words; any word is reached directly, nothing is kept.
 */
export function splitmixWord(seed: number, index: number): number {
  let word = (seed + Math.imul(index + 1, 0x9e37_79b9)) >>> 0;
  word = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2_ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
