import type { AdapterDescription } from '../../device';
import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor } from '../../tensor';
import elementF32 from './element-f32.wgsl';
import elementVec4 from './element-vec4.wgsl';
import type { Extents } from './extents';
import { defineLaneKernel, laneVariant } from './lanes';
import columnsSource from './reduce-columns.wgsl';
import rowsSource from './reduce-rows.wgsl';
import reductionSource from './reduction.wgsl';

/** Reductions the kernels know, by their number in `reduction.wgsl`. */
export const KINDS = {
  sum: 0,
  max: 1,
  min: 2,
  logSumExp: 3,
  squaredDeviation: 4,
  equalCount: 5,
} as const;

export type ReductionKind = keyof typeof KINDS;

const rowsKernel = defineLaneKernel({
  name: 'reduce-rows',
  source: [elementVec4, reductionSource, rowsSource],
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'f32', 'f32'],
});

const columnsVec4 = columnsKernel('reduce-columns-vec4', elementVec4);
const columnsF32 = columnsKernel('reduce-columns-f32', elementF32);

function columnsKernel(name: string, element: string): Kernel {
  return defineKernel({
    name,
    source: [element, reductionSource, columnsSource],
    bindings: ['read', 'read', 'write'],
    params: ['u32', 'u32', 'u32', 'u32', 'u32', 'f32', 'f32'],
  });
}

const COLUMNS_WORKGROUP = 64;
/** Rows shorter than this are reduced by one thread each. */
const SHORT_ROW = 9;
/** Values of one row per unit: few rows are cut finer, to have work for all cores. */
const ROW_CHUNK = { few: 4_096, many: 16_384, manyRows: 64 } as const;
/** Values of one column per thread, and threads that keep all cores, or all units of a GPU, busy. */
const COLUMN_CHUNK = {
  software: { least: 64, most: 256, threads: 2_048 },
  hardware: { least: 32, most: 256, threads: 65_536 },
} as const;

/** What a reduction can be asked besides its extents. */
export interface ReductionOptions {
  /** A value for each result that elements are compared with or shifted by. */
  readonly shift?: Tensor | undefined;
  /** A factor on the results. */
  readonly scale?: number | undefined;
  /** Memory for the results. */
  readonly into?: Tensor | null;
}

/**
 * Reduces the middle axis of x seen as [outer, length, inner], all extents positive, to outer * inner values.
 * Long axes are cut into chunks and the partial results reduced again, always in the same order.
 */
export function launchReduction(
  x: Tensor,
  kind: ReductionKind,
  { outer, length, inner }: Extents,
  { shift, scale = 1, into = null }: ReductionOptions = {},
): Tensor {
  const asRows = inner === 1 && length >= SHORT_ROW;
  const chunk = asRows
    ? rowChunk(outer, length)
    : columnChunk(x.device.adapter.kind, { outer, length, inner });
  const chunks = Math.ceil(length / chunk);
  const shape = [outer * chunks * inner];
  const out = into && chunks === 1 ? into.view(shape) : empty(x.device, shape, 'f32', kind);
  const factor = chunks === 1 ? scale : 1;
  const bindings = [x.binding, (shift ?? x).binding, out.binding];
  const flops = x.size;
  if (asRows) {
    const { kernel, constants } = laneVariant(x.device, rowsKernel);
    x.device.launch({
      kernel,
      constants: { ...constants, KIND: KINDS[kind] },
      bindings,
      params: [outer, length, chunk, chunks, factor, Number.POSITIVE_INFINITY],
      groups: Math.ceil((outer * chunks) / constants.UNITS),
      flops,
    });
  } else {
    const wide = inner % 4 === 0;
    const width = wide ? inner / 4 : inner;
    const threads = outer * chunks * width;
    x.device.launch({
      kernel: wide ? columnsVec4 : columnsF32,
      constants: { KIND: KINDS[kind] },
      bindings,
      params: [threads, length, width, chunk, chunks, factor, Number.POSITIVE_INFINITY],
      groups: Math.ceil(threads / COLUMNS_WORKGROUP),
      flops,
    });
  }
  if (chunks === 1) return out;
  const result = launchReduction(out, mergeKind(kind), { outer, length: chunks, inner }, { scale, into });
  out.dispose();
  return result;
}

/** How partial results of a reduction are reduced. */
function mergeKind(kind: ReductionKind): ReductionKind {
  return kind === 'squaredDeviation' || kind === 'equalCount' ? 'sum' : kind;
}

function rowChunk(rows: number, length: number): number {
  const chunk = rows >= ROW_CHUNK.manyRows ? ROW_CHUNK.many : ROW_CHUNK.few;
  return length <= 2 * chunk ? length : chunk;
}

/** Values of one column that one thread sums, the whole column where it is short. */
export function columnChunk(kind: AdapterDescription['kind'], { outer, length, inner }: Extents): number {
  const { least, most, threads } = COLUMN_CHUNK[kind];
  const columns = outer * (inner % 4 === 0 ? inner / 4 : inner);
  const chunk = Math.min(most, Math.max(least, Math.ceil((length * columns) / threads)));
  return length <= 2 * chunk ? length : chunk;
}
