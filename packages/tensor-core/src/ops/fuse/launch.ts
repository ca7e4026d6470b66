import type { Device } from '../../device';
import { TensorError } from '../../errors';
import { type Shape, showShape, sizeOf } from '../../shape';
import { empty, scoped, type Tensor } from '../../tensor';
import { type Computation, defineComputation, generatedKernel, MOST_PARAMS } from './computation';
import { WORKGROUP_SIZE } from './kernel-text';
import { collapse, type LoadMode, loadMode, type StridedAxis, stretchedStrides } from './load-mode';
import type { Slot } from './program';

/** Elements from which software drivers gain by 64-byte loads. */
const WIDE_FROM = 65_536;

/**
 * Runs a computation over `shape` in one launch and returns its results, each of that shape.
 *
 * @param operands the tensor behind each slot that the computation may read; they stretch to `shape`
 * @param numbers the value behind each number slot
 */
export function launch(
  computation: Computation,
  shape: Shape,
  operands: ReadonlyMap<Slot, Tensor>,
  numbers: ReadonlyMap<Slot, number>,
): Tensor[] {
  const tensors = computation.inputs.map((slot) => [slot, operands.get(slot)!] as const);
  const { device } = tensors[0]![1];
  const most = device.gpu.limits.maxStorageBuffersPerShaderStage;
  if (tensors.length + computation.results.length > most) {
    throw new TensorError(
      'ARGUMENT',
      `${computation.name}: at most ${most} tensors can take part in one kernel on this adapter, got ${tensors.length} inputs and ${computation.results.length} results. Fuse fewer functions.`,
    );
  }
  const count = sizeOf(shape);
  if (count === 0) return outputs(computation, device, shape);
  const modes = tensors.map(([, tensor]) => loadMode(tensor.shape, shape));
  const strided = tensors.filter((_, index) => modes[index]!.kind === 'strided');
  const axes =
    strided.length === 0
      ? []
      : collapse(
          strided.map(([, tensor]) => stretchedStrides(tensor.shape, shape)),
          shape,
        );
  const width = wide(device.adapter.kind === 'software', count, tensors, modes) ? 4 : 1;
  const generated = generatedKernel(
    computation,
    modes.map((mode) => mode.kind),
    axes.length,
    width,
  );
  if (!generated) {
    const [slot, tensor] = dearest(computation, tensors, modes);
    return scoped(device, () =>
      launch(computation, shape, new Map(operands).set(slot, stretched(tensor, shape)), numbers),
    );
  }
  const lanes = 4 * width;
  const threads = Math.ceil(count / lanes);
  const values = new Map<string, number>([...numbers, ['count', threads]]);
  modes.forEach((mode, index) => {
    sizeParams(values, tensors[index]![0], mode, lanes);
  });
  strideParams(
    values,
    strided.map(([slot]) => slot),
    axes,
  );
  const results = outputs(computation, device, shape);
  device.launch({
    kernel: generated.kernel,
    bindings: [...tensors.map(([, tensor]) => tensor), ...results].map(({ binding }) => binding),
    params: generated.params.map(({ name }) => values.get(name)!),
    groups: Math.ceil(threads / WORKGROUP_SIZE),
    flops: computation.lines.length * count,
  });
  return results;
}

function outputs({ name, results }: Computation, device: Device, shape: Shape): Tensor[] {
  return results.map(() => empty(device, shape, 'f32', name));
}

/** Whether each thread can take 16 elements: sizes and runs allow it, and whole buffers back the 64-byte loads. */
function wide(
  software: boolean,
  count: number,
  tensors: readonly (readonly [Slot, Tensor])[],
  modes: readonly LoadMode[],
): boolean {
  if (!software || count < WIDE_FROM) return false;
  return modes.every((mode, index) => {
    if (mode.kind === 'row') return mode.period % 16 === 0;
    if (mode.kind === 'block') return mode.run % 16 === 0;
    const { byteLength } = tensors[index]![1].binding;
    return mode.kind !== 'same' || byteLength === undefined || byteLength % 64 === 0;
  });
}

function sizeParams(values: Map<string, number>, slot: Slot, mode: LoadMode, lanes: number): void {
  if (mode.kind === 'row') values.set(`${slot}_period`, mode.period / lanes);
  if (mode.kind === 'block') values.set(`${slot}_run`, mode.run / lanes).set(`${slot}_extent`, mode.extent);
}

function strideParams(
  values: Map<string, number>,
  slots: readonly Slot[],
  axes: readonly StridedAxis[],
): void {
  axes.forEach(({ extent, strides }, axis) => {
    values.set(`extent_${axis}`, extent);
    slots.forEach((slot, index) => {
      values.set(`${slot}_stride_${axis}`, strides[index]!);
    });
  });
}

/** The operand whose sizes take most params, to be stretched in a launch of its own. */
function dearest(
  { name }: Computation,
  tensors: readonly (readonly [Slot, Tensor])[],
  modes: readonly LoadMode[],
): readonly [Slot, Tensor] {
  for (const kind of ['strided', 'block', 'row']) {
    const found = tensors.find((_, index) => modes[index]!.kind === kind);
    if (found) return found;
  }
  throw new TensorError(
    'ARGUMENT',
    `${name}: at most ${MOST_PARAMS - 1} numbers fit one kernel, got more. Fuse fewer functions.`,
  );
}

/** A tensor broadcast to `shape` in memory of its own. */
function stretched(tensor: Tensor, shape: Shape): Tensor {
  const { length: rank } = collapse([stretchedStrides(tensor.shape, shape)], shape);
  if (2 * rank > MOST_PARAMS) {
    throw new TensorError(
      'SHAPE',
      `broadcast: at most ${MOST_PARAMS / 2} changes between kept and stretched axes are supported, got ${showShape(tensor.shape)} to ${showShape(shape)}. Broadcast it in two steps.`,
    );
  }
  return launch(STRETCH, shape, new Map([['x0', tensor]]), new Map())[0]!;
}

const STRETCH = defineComputation('stretch', [], ['x0']);
