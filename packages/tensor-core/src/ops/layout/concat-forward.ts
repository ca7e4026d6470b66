import type { TensorSpec } from '../../autograd';
import { TensorError } from '../../errors';
import { defineKernel } from '../../runtime/kernel';
import { normalizeAxis, showShape, sizeOf } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import concatSource from './concat.wgsl';
import laneVec4 from './lane-vec4.wgsl';
import laneWord from './lane-word.wgsl';
import { check4Bytes, copyRange } from './strided';

const WORKGROUP = 64;
/** Inputs of one launch: with the output this stays below the 8 storage buffers every WebGPU device has. */
const INPUTS = 4;

const kernel = (name: string, lane: string) =>
  defineKernel({
    name,
    source: [lane, concatSource],
    bindings: [...new Array<'read'>(INPUTS).fill('read'), 'write'],
    params: ['u32', 'u32', 'u32', 'u32', 'u32', 'u32', 'u32'],
  });
const wordKernel = kernel('concat', laneWord);
const vec4Kernel = kernel('concat-vec4', laneVec4);

/** Type and shape of the inputs one behind another along `axis`; throws where they do not fit together. */
export function concatSpec(op: string, inputs: readonly TensorSpec[], axis: number): TensorSpec {
  const first = inputs[0];
  if (!first) throw new TensorError('ARGUMENT', `${op}: expected at least one tensor, got none.`);
  const along = normalizeAxis(op, axis, first.shape.length);
  const shape = [...first.shape];
  shape[along] = 0;
  for (const input of inputs) {
    check4Bytes(op, input);
    if (input.dtype !== first.dtype) {
      throw new TensorError(
        'DTYPE',
        `${op}: all tensors must have one type, got ${first.dtype} and ${input.dtype}. Convert them first.`,
      );
    }
    const fits =
      input.shape.length === shape.length &&
      input.shape.every((extent, k) => k === along || extent === shape[k]);
    if (!fits) {
      throw new TensorError(
        'SHAPE',
        `${op}: all extents but that of axis ${along} must agree, got ${inputs.map((each) => showShape(each.shape)).join(' and ')}.`,
      );
    }
    shape[along]! += input.shape[along]!;
  }
  return { dtype: first.dtype, shape };
}

/** Forward pass of `concat`, without gradient. */
export function concat(inputs: readonly Tensor[], axis = 0): Tensor {
  const spec = concatSpec('concat', inputs, axis);
  const device = inputs[0]!.device;
  const along = normalizeAxis('concat', axis, spec.shape.length);
  const out = empty(device, spec.shape, spec.dtype, 'concat');
  const rows = sizeOf(spec.shape.slice(0, along));
  const row = sizeOf(spec.shape.slice(along));
  if (out.size === 0) return out;
  const parts = inputs
    .map((input) => ({ input, columns: sizeOf(input.shape.slice(along)) }))
    .filter(({ columns }) => columns > 0);
  let offset = 0;
  if (rows === 1) {
    for (const { input, columns } of parts) {
      copyRange(input, 0, out, offset, columns);
      offset += columns;
    }
    return out;
  }
  const unit = parts.every(({ columns }) => columns % 4 === 0) ? 4 : 1;
  for (let from = 0; from < parts.length; from += INPUTS) {
    const group = parts.slice(from, from + INPUTS);
    const bindings = Array.from({ length: INPUTS }, (_, k) => (group[k] ?? group[0]!).input.binding);
    const starts = [0];
    for (let k = 0; k < INPUTS; k++) starts.push(starts[k]! + (group[k]?.columns ?? 0) / unit);
    const covered = starts[INPUTS]!;
    device.launch({
      kernel: unit === 4 ? vec4Kernel : wordKernel,
      bindings: [...bindings, out.binding],
      params: [rows * covered, covered, row / unit, offset, ...starts.slice(1, INPUTS)],
      groups: Math.ceil((rows * covered) / WORKGROUP),
    });
    offset += covered;
  }
  return out;
}
