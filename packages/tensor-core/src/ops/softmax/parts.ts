import type { Device } from '../../device';
import { defineKernel, type Kernel, type ParamKind } from '../../runtime/kernel';
import { empty, scoped, type Tensor } from '../../tensor';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import type { Extents } from '../reduce/extents';
import { launchReduction } from '../reduce/launch';
import partSource from './softmax-part.wgsl';
import spreadSource from './softmax-spread.wgsl';
import vjpPartSource from './softmax-vjp-part.wgsl';
import vjpSpreadSource from './softmax-vjp-spread.wgsl';

type LogOrNot = 'softmax' | 'logSoftmax';

/** How many buffers a kernel reads and writes. */
type Bindings = readonly [reads: number, writes: number];

/** Forms of a kernel by Element; those that read what is known of lines have one more where four of a row make an Element. */
interface Forms {
  readonly word: Kernel;
  readonly vec4: Kernel;
}

function kernelOf(
  name: string,
  source: readonly string[],
  [reads, writes]: Bindings,
  params: number,
): Kernel {
  return defineKernel({
    name,
    source,
    bindings: [...new Array<'read'>(reads).fill('read'), ...new Array<'write'>(writes).fill('write')],
    params: new Array<ParamKind>(params).fill('u32'),
  });
}

function forms(name: string, source: string, bindings: Bindings): Forms {
  return {
    word: kernelOf(name, [elementF32, source], bindings, 4),
    vec4: kernelOf(`${name}-vec4`, [elementVec4, source], bindings, 4),
  };
}

function spreadForms(name: string, source: string): Forms & { readonly vec4OfRow: Kernel } {
  const form = (suffix: string, element: string, line: string): Kernel =>
    kernelOf(`${name}${suffix}`, [element, `alias Line = ${line};`, source], [3, 1], 3);
  return {
    word: form('', elementF32, 'f32'),
    vec4: form('-vec4', elementVec4, 'vec4f'),
    vec4OfRow: form('-row-vec4', elementVec4, 'f32'),
  };
}

const partForms = forms('softmax-part', partSource, [2, 2]);
const SPREAD = {
  softmax: spreadForms('softmax-spread', spreadSource),
  vjp: spreadForms('softmax-vjp-spread', vjpSpreadSource),
} as const;
const vjpPartForms = forms('softmax-vjp-part', vjpPartSource, [2, 1]);

const WORKGROUP = 64;
/** Threads that keep all units of a GPU reading. */
const BUSY_THREADS = 131_072;
/** Elements that one thread walks without harm, and the fewest worth a thread of their own. */
const SHORT = 64;
const LEAST = 16;
/** Lanes that share a row where it is not cut. */
const ROW_LANES = 32;

/**
 * Parts that each line of [outer, length, inner] is cut into: 1 where whole lines keep the device busy, or are short, or
 * the device is a CPU, which has few threads to keep busy.
 */
export function partsOfLines(device: Device, extents: Extents): number {
  const { lines, length } = elementsOf(extents);
  const threadsPerLine = extents.inner === 1 ? ROW_LANES : 1;
  const whole = length <= SHORT * threadsPerLine || lines * threadsPerLine >= BUSY_THREADS;
  if (device.adapter.kind === 'software' || whole) return 1;
  return Math.min(Math.floor(length / LEAST), Math.ceil(BUSY_THREADS / lines));
}

/** y = softmax or log-softmax of x along the middle axis of `extents`, each line in parts. */
export function partedSoftmax(op: LogOrNot, x: Tensor, y: Tensor, extents: Extents, parts: number): void {
  scoped(x.device, () => {
    let found = joinedParts(x, null, extents, parts);
    while (found.extents.length > 1) {
      const next = Math.ceil(elementsOf(found.extents).length / SHORT);
      found = joinedParts(found.largest, found.totals, found.extents, next);
    }
    spread(op, 'softmax', [x, found.largest, found.totals, y], extents, 5);
    return [];
  });
}

/** dx = dL/dx from y and dL/dy along the middle axis of `extents`, each line in parts. */
export function partedSoftmaxVjp(
  op: LogOrNot,
  y: Tensor,
  grad: Tensor,
  dx: Tensor,
  extents: Extents,
  parts: number,
): void {
  scoped(y.device, () => {
    const { lines, length, width, lane } = elementsOf(extents);
    const sums = empty(y.device, [lines * parts * lane], 'f32', 'softmax-vjp');
    y.device.launch({
      kernel: lane === 4 ? vjpPartForms.vec4 : vjpPartForms.word,
      constants: { LOG: Number(op === 'logSoftmax') },
      bindings: [y.binding, grad.binding, sums.binding],
      params: [lines * parts, length, width, parts],
      groups: Math.ceil((lines * parts) / WORKGROUP),
      flops: 2 * y.size,
    });
    const totals = launchReduction(sums, 'sum', partsExtents(extents, parts));
    spread(op, 'vjp', [y, grad, totals, dx], extents, 2);
    return [];
  });
}

/**
 * Elements of the kernels: four neighbours where the innermost extent allows, and leaves enough of them in a row. Lines
 * side by side in an Element count once.
 */
function elementsOf({ outer, length, inner }: Extents): {
  lines: number;
  length: number;
  width: number;
  lane: 1 | 4;
} {
  if (inner === 1) {
    const lane = length % 4 === 0 && length > 4 * SHORT ? 4 : 1;
    return { lines: outer, length: length / lane, width: 1, lane };
  }
  const lane = inner % 4 === 0 ? 4 : 1;
  return { lines: (outer * inner) / lane, length, width: inner / lane, lane };
}

/** Extents of what is known of each part: a row's part is known for each number of an Element by itself. */
function partsExtents(extents: Extents, parts: number): Extents {
  return { ...extents, length: extents.inner === 1 ? parts * elementsOf(extents).lane : parts };
}

/** The largest value and the sum of exp(x - largest) of each part; of parts that are found already, where sums are given. */
function joinedParts(
  x: Tensor,
  sums: Tensor | null,
  extents: Extents,
  parts: number,
): { largest: Tensor; totals: Tensor; extents: Extents } {
  const { lines, length, width, lane } = elementsOf(extents);
  const threads = lines * parts;
  const [largest, totals] = [0, 1].map(() => empty(x.device, [threads * lane], 'f32', 'softmax'));
  x.device.launch({
    kernel: lane === 4 ? partForms.vec4 : partForms.word,
    constants: { JOIN: Number(sums !== null) },
    bindings: [x, sums ?? x, largest!, totals!].map(({ binding }) => binding),
    params: [threads, length, width, parts],
    groups: Math.ceil(threads / WORKGROUP),
    flops: 3 * x.size,
  });
  return { largest: largest!, totals: totals!, extents: partsExtents(extents, parts) };
}

function spread(
  op: LogOrNot,
  pass: keyof typeof SPREAD,
  tensors: readonly [Tensor, ...Tensor[]],
  extents: Extents,
  flopsPerElement: number,
): void {
  const { lines, length, width, lane } = elementsOf(extents);
  const { word, vec4, vec4OfRow } = SPREAD[pass];
  const wide = extents.inner === 1 ? vec4OfRow : vec4;
  const [{ device, size }] = tensors;
  device.launch({
    kernel: lane === 4 ? wide : word,
    constants: { LOG: Number(op === 'logSoftmax') },
    bindings: tensors.map(({ binding }) => binding),
    params: [lines * length, length, width],
    groups: Math.ceil((lines * length) / WORKGROUP),
    flops: flopsPerElement * size,
  });
}
