import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor, zeros } from '../../tensor';
import { DROPPED_SOURCES, type DropoutOptions, isPartial, type KeySource, maskOf } from '../dropout/mask';
import { columnChunk, launchReduction } from '../reduce/launch';
import { type Activation, activationNumber } from './activation';
import activation from './activation.wgsl';
import derivative from './activation-derivative.wgsl';
import value from './activation-value.wgsl';
import allKept from './all-kept.wgsl';

/** A kernel for each way to drop elements. */
type Variants = Readonly<Record<KeySource | 'none', Kernel>>;

const DROPPED = { ...DROPPED_SOURCES, none: [allKept] } as const;
const MASK_PARAMS = ['u32', 'u32', 'u32', 'f32'] as const;

const valueKernels = variants((how) =>
  defineKernel({
    name: `matmul-activation${suffix(how)}`,
    source: [activation, ...DROPPED[how], value],
    bindings: ['read', 'write', 'read'],
    params: ['u32', 'u32', ...MASK_PARAMS],
  }),
);

const derivativeKernels = variants((how) =>
  defineKernel({
    name: `matmul-activation-derivative${suffix(how)}`,
    source: [activation, ...DROPPED[how], derivative],
    bindings: ['read', 'read', 'read', 'write', 'write'],
    params: ['u32', 'u32', 'u32', 'u32', 'u32', ...MASK_PARAMS],
  }),
);

function variants(kernel: (how: keyof Variants) => Kernel): Variants {
  return { none: kernel('none'), value: kernel('value'), tensor: kernel('tensor') };
}

function suffix(how: keyof Variants): string {
  return how === 'none' ? '' : `-dropout-${how}`;
}

const VALUE_WORKGROUP = 64;
/** Few columns keep all threads of a software driver busy in small workgroups only; a GPU wants whole ones. */
const DERIVATIVE_WORKGROUP = { software: 8, hardware: 64 } as const;

/** y = f(z), with dropout. */
export function activated(kind: Activation, z: Tensor, dropout: DropoutOptions | null): Tensor {
  if (dropsAll(dropout)) return zeros(z.device, z.shape);
  const output = empty(z.device, z.shape, 'f32', 'matmul');
  const quads = Math.ceil(z.size / 4);
  const { how, keys, params } = drops(dropout);
  z.device.launch({
    kernel: valueKernels[how],
    bindings: [z, output, keys ?? z].map(({ binding }) => binding),
    params: [quads, activationNumber(kind), ...params],
    groups: Math.ceil(quads / VALUE_WORKGROUP),
  });
  return output;
}

/**
 * dz = dy f'(z), through the dropout, and the sum of its rows, if that is wanted.
 *
 * @param known z where the derivative needs it, else f(z) before dropout
 * @param sums whether the sum of the rows is wanted, and where
 */
export function activationPullback(
  kind: Activation,
  known: Tensor,
  dy: Tensor,
  dropout: DropoutOptions | null,
  sums: { readonly wanted: boolean; readonly into: Tensor | null },
): { dz: Tensor; rowSum: Tensor | null } {
  const { device } = dy;
  if (dy.size === 0 || dropsAll(dropout)) return { dz: zeros(device, dy.shape), rowSum: null };
  const columns = dy.shape.at(-1)!;
  const together = sums.wanted ? rowsInQuads(columns) : 1;
  const width = sums.wanted ? (together * columns) / 4 : Math.ceil(dy.size / 4);
  const rows = Math.ceil(dy.size / (4 * width));
  const chunk = columnChunk(device.adapter.kind, { outer: 1, length: rows, inner: 4 * width });
  const chunks = Math.ceil(rows / chunk);
  const dz = empty(device, dy.shape, 'f32', 'matmul');
  const length = chunks * together;
  const place = length === 1 ? sums.into : null;
  const parts = place ?? empty(device, sums.wanted ? [length * columns] : [4], 'f32', 'matmul bias gradient');
  const { how, keys, params } = drops(dropout);
  const workgroup = DERIVATIVE_WORKGROUP[sums.wanted ? device.adapter.kind : 'hardware'];
  device.launch({
    kernel: derivativeKernels[how],
    constants: { WORKGROUP: workgroup, SUMMED: sums.wanted ? 1 : 0 },
    bindings: [known, dy, keys ?? known, dz, parts].map(({ binding }) => binding),
    params: [dy.size, width, chunk, chunks, activationNumber(kind), ...params],
    groups: Math.ceil((chunks * width) / workgroup),
  });
  if (!sums.wanted) return { dz, rowSum: null };
  if (length === 1) return { dz, rowSum: place ?? parts.view([columns]) };
  const extents = { outer: 1, length, inner: columns };
  return { dz, rowSum: launchReduction(parts, 'sum', extents, { into: sums.into }) };
}

/** Fewest rows whose elements together are whole quads. */
function rowsInQuads(columns: number): 1 | 2 | 4 {
  if (columns % 4 === 0) return 1;
  return columns % 2 === 0 ? 2 : 4;
}

/** Whether nothing is kept: a mask has no word for that. */
function dropsAll(dropout: DropoutOptions | null): boolean {
  return dropout !== null && !isPartial(dropout) && dropout.rate > 0.5;
}

/** The variant of a kernel for a dropout, and what it takes. */
function drops(dropout: DropoutOptions | null): {
  how: keyof Variants;
  keys: Tensor | null;
  params: readonly number[];
} {
  if (dropout === null || !isPartial(dropout)) return { how: 'none', keys: null, params: [0, 0, 0, 1] };
  const { source, keys, params } = maskOf(dropout);
  return { how: source, keys, params };
}
