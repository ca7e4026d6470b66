import type { Device } from '../device';
import { matmul } from '../ops';
import { empty } from '../tensor';
import { bestSeconds, type Repeats } from './best-seconds';

/** Speed of C = A B of square matrices. */
export interface ProductSpeed {
  /** Rows and columns of A, B and C. */
  readonly side: number;
  readonly milliseconds: number;
  /** 2 side³ operations / time. */
  readonly gigaflopsPerSecond: number;
}

/** Times a product of square matrices, with its submit, after one that compiles its kernel. */
export async function measureProduct(
  device: Device,
  side: number,
  repeats: Repeats = { runs: 10, seconds: 0.5 },
): Promise<ProductSpeed> {
  const a = empty(device, [side, side]);
  const b = empty(device, [side, side]);
  for (const [row, operand] of [a, b].entries()) operand.write(values(side, row));
  const seconds = await bestSeconds(device, repeats, () => {
    matmul(a, b);
  });
  a.dispose();
  b.dispose();
  return { side, milliseconds: seconds * 1000, gigaflopsPerSecond: (2 * side ** 3) / seconds / 1e9 };
}

/** Ordinary numbers: zeros and denormals can be faster or far slower than what a product meets in use. */
function values(side: number, seed: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, index) => ((index * 7 + seed) % 13) / 13 - 0.5);
}
