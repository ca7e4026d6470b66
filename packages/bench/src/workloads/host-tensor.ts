/** Dense values, row-major. */
export interface HostTensor<Values extends Float32Array | Int32Array = Float32Array> {
  readonly shape: readonly number[];
  readonly values: Values;
}

/** Uniform in [-bound, bound). */
export function uniform(shape: readonly number[], seed: number, bound = 1): HostTensor {
  const next = mulberry32(seed);
  const count = shape.reduce((product, extent) => product * extent, 1);
  return { shape, values: Float32Array.from({ length: count }, () => (2 * next() - 1) * bound) };
}

/** Uniform in 0 … below - 1. */
export function integers(count: number, seed: number, below: number): HostTensor<Int32Array> {
  const next = mulberry32(seed);
  return { shape: [count], values: Int32Array.from({ length: count }, () => Math.floor(next() * below)) };
}

/** Uniform in [0, 1) in steps of 2⁻³²: the generator mulberry32 (Tommy Ettinger, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
