import { empty, type Tensor } from '../../tensor';
import { pad, slice } from '../layout/forward';
import type { Chunk } from './chunks';
import { type Layout, marksKernel, packKernels, unpackKernel, WORKGROUP } from './kernels';
import type { CountedTokens } from './operands';

/** Extents of an attention: B batch rows of L tokens, H heads of d features, d a multiple of 4. */
export interface Extents {
  readonly batch: number;
  readonly length: number;
  readonly heads: number;
  /** d / 4. */
  readonly widthQuads: number;
  /** L / 4, rounded up. */
  readonly rowQuads: number;
}

/** Extents of a tensor from {@link inQuads}. */
export function extentsOf({ shape }: Tensor, heads: number): Extents {
  const [batch, length, width] = shape as readonly [number, number, number];
  return { batch, length, heads, widthQuads: width / heads / 4, rowQuads: Math.ceil(length / 4) };
}

/** x `[B, L, H d]` with zeros after each head's features up to a multiple of 4. */
export function inQuads(x: Tensor, heads: number): Tensor {
  const [batch, length, width] = x.shape as readonly [number, number, number];
  const missing = -(width / heads) & 3;
  if (missing === 0) return x;
  const split = x.view([batch, length, heads, width / heads]);
  return pad(split, [...NOTHING_ADDED, [0, missing]]).view([batch, length, width + heads * missing]);
}

const NOTHING_ADDED = [
  [0, 0],
  [0, 0],
  [0, 0],
] as const;

/** What {@link inQuads} was given: heads of `width` features in all. */
export function outOfQuads(x: Tensor, heads: number, width: number): Tensor {
  const [batch, length, padded] = x.shape as readonly [number, number, number];
  if (padded === width) return x;
  const split = x.view([batch, length, heads, padded / heads]);
  const kept = slice(split, [null, null, null, { start: 0, end: width / heads }]);
  return kept.view([batch, length, width]);
}

/** What is taken from the scores of each key, `[B, L]` in whole quads: 0 where it counts. */
export function launchMarks(x: Tensor, { lengths, mask }: CountedTokens, rowQuads: number): Tensor {
  const [batch, length] = x.shape as readonly [number, number];
  const marks = empty(x.device, [batch, 4 * rowQuads], 'f32', 'attention marks');
  x.device.launch({
    kernel: marksKernel,
    constants: { LENGTHS: Number(lengths !== undefined), MASK: Number(mask !== undefined) },
    bindings: [lengths ?? x, mask ?? x, marks].map(({ binding }) => binding),
    params: [batch * rowQuads, rowQuads, length],
    groups: Math.ceil((batch * rowQuads) / WORKGROUP),
  });
  return marks;
}

/** Packs heads of a chunk; see {@link packerOf}. */
export interface Packer {
  /** `[matrix, token, d]`. */
  byToken(x: Tensor, tokens: 'all' | 'chunk', scale?: number): Tensor;
  /** `[matrix, d, token]`. */
  byFeature(x: Tensor, tokens: 'all' | 'chunk', scale?: number): Tensor;
  /** Both of these from one reading. */
  both(x: Tensor, tokens: 'all' | 'chunk', scale?: number): { byToken: Tensor; byFeature: Tensor };
}

/** Lays the heads of a chunk side by side, as products read them; zeros for tokens that do not count. */
export function packerOf(marks: Tensor, extents: Extents, chunk: Chunk): Packer {
  const { heads, length, widthQuads, rowQuads } = extents;
  const { firstMatrix, matrices } = chunk;
  const pack = (layout: Layout, x: Tensor, tokens: 'all' | 'chunk', scale = 1): [Tensor, Tensor] => {
    const [firstQuad, quads] = tokens === 'all' ? [0, rowQuads] : [chunk.firstQuad, chunk.quads];
    const made = (rows: number, columns: number): Tensor =>
      empty(x.device, [matrices, rows, columns], 'f32', 'attention heads');
    const results = [
      ...(layout === 'byFeature' ? [] : [made(4 * quads, 4 * widthQuads)]),
      ...(layout === 'byToken' ? [] : [made(4 * widthQuads, 4 * quads)]),
    ];
    const threads = matrices * quads * widthQuads;
    x.device.launch({
      kernel: packKernels[layout],
      bindings: [x, marks, ...results].map(({ binding }) => binding),
      params: [threads, heads, length, widthQuads, firstMatrix, firstQuad, quads, rowQuads, scale],
      groups: Math.ceil(threads / WORKGROUP),
    });
    return [results[0]!, results.at(-1)!];
  };
  return {
    byToken: (x, tokens, scale) => pack('byToken', x, tokens, scale)[0],
    byFeature: (x, tokens, scale) => pack('byFeature', x, tokens, scale)[0],
    both: (x, tokens, scale) => {
      const [byToken, byFeature] = pack('both', x, tokens, scale);
      return { byToken, byFeature };
    },
  };
}

/** How {@link unpack} writes. */
export interface Unpacking {
  /** First token of each matrix in units of four. */
  readonly firstQuad: number;
  /** Adds to what is there. */
  readonly add?: boolean;
  readonly scale?: number;
}

/** Writes heads `[matrix, token, d]` of a chunk to their places in x. */
export function unpack(
  result: Tensor,
  x: Tensor,
  { heads, length, widthQuads }: Extents,
  { firstMatrix }: Chunk,
  { firstQuad, add = false, scale = 1 }: Unpacking,
): void {
  const [matrices, tokens] = result.shape as readonly [number, number];
  const quads = tokens / 4;
  const threads = matrices * quads * widthQuads;
  x.device.launch({
    kernel: unpackKernel,
    constants: { ADD: Number(add) },
    bindings: [result, x].map(({ binding }) => binding),
    params: [threads, heads, length, widthQuads, firstMatrix, firstQuad, quads, scale],
    groups: Math.ceil(threads / WORKGROUP),
  });
}
