import { defineKernel, type Kernel } from '../../runtime/kernel';
import { ARRIVING } from './differentiate';
import { type KernelPlan, kernelText, type Param, paramsOf } from './kernel-text';
import { type Line, linesFor } from './lines';
import type { Slot } from './program';

/** A computation of some slots from others in one launch, with the kernels made for it so far. */
export interface Computation {
  /** Names its kernels in traces and errors. */
  readonly name: string;
  /** The lines that the results need. */
  readonly lines: readonly Line[];
  /** Slots of tensors it reads, in the order of binding. */
  readonly inputs: readonly Slot[];
  /** Slots of numbers it reads. */
  readonly numbers: readonly Slot[];
  readonly results: readonly Slot[];
  readonly kernels: Map<string, GeneratedKernel | null>;
}

/** A kernel with the meaning of its params. */
export interface GeneratedKernel {
  readonly kernel: Kernel;
  readonly params: readonly Param[];
}

/** Describes the computation of `results`; lines they do not need are left out. */
export function defineComputation(
  name: string,
  lines: readonly Line[],
  results: readonly Slot[],
): Computation {
  const needed = linesFor(lines, results);
  const read = [...new Set([...needed.flatMap((line) => line.reads), ...results])].sort(inOrder);
  return {
    name,
    lines: needed,
    inputs: read.filter((slot) => slot.startsWith('x') || slot === ARRIVING),
    numbers: read.filter((slot) => slot.startsWith('n')),
    results,
    kernels: new Map(),
  };
}

/** Most params a kernel can take. */
export const MOST_PARAMS = 16;

/** The kernel of a computation whose inputs are loaded in these ways, made on first use; `null` where its params do not fit. */
export function generatedKernel(
  computation: Computation,
  modes: readonly KernelPlan['inputs'][number]['mode'][],
  stridedRank: number,
  width: KernelPlan['width'],
): GeneratedKernel | null {
  const key = `${modes.join()} ${stridedRank} ${width}`;
  let found = computation.kernels.get(key);
  if (found === undefined) {
    found = generate(computation, modes, stridedRank, width);
    computation.kernels.set(key, found);
  }
  return found;
}

function generate(
  { name, lines, inputs, numbers, results }: Computation,
  modes: readonly KernelPlan['inputs'][number]['mode'][],
  stridedRank: number,
  width: KernelPlan['width'],
): GeneratedKernel | null {
  const plan: KernelPlan = {
    inputs: inputs.map((slot, index) => ({ slot, mode: modes[index]! })),
    stridedRank,
    numbers,
    lines,
    results,
    width,
  };
  const params = paramsOf(plan);
  if (params.length > MOST_PARAMS) return null;
  const loads = plan.inputs.map(({ slot, mode }) => `${slot} ${mode}`).join(', ');
  const rank = stridedRank > 0 ? `, rank ${stridedRank}` : '';
  const kernel = defineKernel({
    name: `${name} [${loads}${rank}${width > 1 ? ', wide' : ''}]`,
    source: kernelText(plan),
    bindings: [...inputs.map(() => 'read' as const), ...results.map(() => 'write' as const)],
    params: params.map(({ kind }) => kind),
  });
  return { kernel, params };
}

function inOrder(a: Slot, b: Slot): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
