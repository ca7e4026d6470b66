/**
 * Fold of each of `count` items, 0 … folds − 1: sizes differ by one at most, membership depends on the seed alone.
 *
 * @param seed any 32-bit integer
 */
export function assignFolds(count: number, folds: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const below = (limit: number): number => {
    // The multiply-and-xor steps of mulberry32 (Tommy Ettinger, public domain).
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  for (let last = count - 1; last > 0; last--) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  const fold = new Int32Array(count);
  order.forEach((item, position) => {
    fold[item] = position % folds;
  });
  return fold;
}
