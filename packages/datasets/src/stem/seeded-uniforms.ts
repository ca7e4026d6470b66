/**
 * A stream of uniform numbers in (0, 1) that depends on `seed` alone: SplitMix32, 2³² states.
 *
 * Source of the mixing constants: the 32-bit finalizer of MurmurHash3 over a Weyl sequence.
 */
export function seededUniforms(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (((z ^ (z >>> 16)) >>> 0) + 0.5) / 2 ** 32;
  };
}
