/** Dense values, row-major. */
export interface HostTensor<Values extends Float32Array | Int32Array = Float32Array> {
  readonly shape: readonly number[];
  readonly values: Values;
}

/** Names of the inputs of each workload. */
interface WorkloadInputs {
  matmul512(): Record<'a' | 'b', HostTensor>;
  matmul1024(): Record<'a' | 'b', HostTensor>;
  mlp_step(): Record<'x' | 'y' | 'w1' | 'b1' | 'w2' | 'b2', HostTensor>;
  clip_fwdbwd(): Record<'a' | 'b', HostTensor>;
  cgcnn_fwdbwd(): Record<'x' | 'e' | 'w' | 'b', HostTensor> &
    Record<'source' | 'target', HostTensor<Int32Array>>;
  tensorclip_fwd(): Record<'x' | 'y' | 'z', HostTensor>;
  barlow3_fwd(): Record<'x' | 'y' | 'z', HostTensor>;
}

/** Numbers that the workloads share with their peers. */
export const CONSTANTS: Readonly<
  Record<
    'clipScale' | 'nodes' | 'edges' | 'width' | 'tensorClipScale' | 'barlowWeight' | 'learningRate',
    number
  >
> = {
  clipScale: 1 / 0.07,
  nodes: 2000,
  edges: 20_000,
  width: 64,
  tensorClipScale: 10,
  barlowWeight: 0.005,
  learningRate: 1e-3,
};

/** Inputs of each workload, made when asked for; equal on every machine. */
export const inputs: Readonly<WorkloadInputs> = {
  matmul512: () => ({ a: uniform([512, 512], 1), b: uniform([512, 512], 2) }),
  matmul1024: () => ({ a: uniform([1024, 1024], 3), b: uniform([1024, 1024], 4) }),
  mlp_step: () => ({
    x: uniform([4096, 128], 5),
    y: uniform([4096, 1], 6),
    w1: uniform([128, 128], 7, 0.15),
    b1: uniform([128], 8, 0.1),
    w2: uniform([128, 1], 9, 0.15),
    b2: uniform([1], 10, 0.1),
  }),
  clip_fwdbwd: () => ({ a: uniform([512, 128], 11), b: uniform([512, 128], 12) }),
  cgcnn_fwdbwd: () => {
    const { nodes, edges, width } = CONSTANTS;
    const target = integers(edges, 22, nodes);
    target.values.sort();
    return {
      x: uniform([nodes, width], 13),
      e: uniform([edges, width], 14),
      w: uniform([3 * width, 2 * width], 15, 0.1),
      b: uniform([2 * width], 16, 0.1),
      source: integers(edges, 21, nodes),
      target,
    };
  },
  tensorclip_fwd: () => ({
    x: uniform([64, 128], 17, 0.3),
    y: uniform([64, 128], 18, 0.3),
    z: uniform([64, 128], 19, 0.3),
  }),
  barlow3_fwd: () => ({
    x: uniform([256, 64], 23),
    y: uniform([256, 64], 24),
    z: uniform([256, 64], 25),
  }),
};

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
