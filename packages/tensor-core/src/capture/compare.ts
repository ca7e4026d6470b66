import type { Launch } from '../runtime/commands';
import { paramNames, unpackParams } from '../runtime/kernel';
import type { Storage } from '../runtime/storage';
import { type CaptureFallback, fallback } from './fallback';
import type { MemoryName, RecordedCommand, Recorder, Upload } from './recorder';

/** Where a second recording of a step departs from the first, or `null` where they are the same work. */
export function firstDifference(first: Recorder, second: Recorder): CaptureFallback | null {
  const count = Math.min(first.commands.length, second.commands.length);
  for (let index = 0; index < count; index++) {
    const found = difference(first.commands[index]!, second.commands[index]!, index + 1);
    if (found) return found;
  }
  if (first.commands.length !== second.commands.length) {
    const longer = first.commands.length > count ? first : second;
    return fallback(
      'LENGTH',
      `the same number of commands in both calls, got ${first.commands.length}, then ${second.commands.length}`,
      nameOf(longer.commands[count]!),
    );
  }
  if (first.uploads.length !== second.uploads.length) {
    return fallback(
      'UPLOAD',
      `as many uploads of host values in both calls, got ${first.uploads.length}, then ${second.uploads.length}`,
    );
  }
  for (const [index, upload] of first.uploads.entries()) {
    const found = uploadDifference(upload, second.uploads[index]!, second.commands);
    if (found) return found;
  }
  return null;
}

function difference(a: RecordedCommand, b: RecordedCommand, position: number): CaptureFallback | null {
  const { command: before } = a;
  const { command: after } = b;
  const at = `(command ${position})`;
  if (before.kind === 'launch' && after.kind === 'launch') {
    return launchDifference(before, after, at) ?? rangeDifference(a, b, at);
  }
  if (before.kind !== after.kind) {
    return fallback(
      'COPY',
      `the same commands in both calls, got ${describe(a)}, then ${describe(b)} ${at}`,
      nameOf(b),
    );
  }
  if (before.kind !== 'launch' && after.kind !== 'launch' && before.bytes !== after.bytes) {
    return fallback(
      'COPY',
      `a ${before.kind} of the same size in both calls, got ${before.bytes}, then ${after.bytes} bytes ${at}`,
    );
  }
  return rangeDifference(a, b, at);
}

function launchDifference(before: Launch, after: Launch, at: string): CaptureFallback | null {
  const { kernel, constants } = after.pipeline;
  const earlier = before.pipeline;
  if (earlier.kernel.name !== kernel.name || earlier.kernel.source !== kernel.source) {
    return fallback(
      'KERNEL',
      `the same kernels in both calls, got ${earlier.kernel.name}, then ${kernel.name} ${at}`,
      kernel.name,
    );
  }
  if (earlier.constants !== constants) {
    return fallback(
      'KERNEL',
      `the same constants in both calls, got kernel ${kernel.name} ${at} with ${earlier.constants || 'none'}, then ${constants || 'none'}`,
      kernel.name,
    );
  }
  const values = after.params ? unpackParams(kernel, after.params) : [];
  const old = before.params ? unpackParams(kernel, before.params) : [];
  const changed = values.findIndex((value, index) => !Object.is(value, old[index]));
  if (changed >= 0) {
    const param = paramNames(kernel)[changed]!;
    return fallback(
      'PARAM',
      `the same params in both calls, got kernel ${kernel.name} ${at} with ${param} = ${old[changed]}, then ${values[changed]}`,
      kernel.name,
      param,
    );
  }
  if (before.grid.some((extent, axis) => extent !== after.grid[axis])) {
    return fallback(
      'GRID',
      `the same workgroups in both calls, got kernel ${kernel.name} ${at} on ${before.grid.join(' x ')}, then ${after.grid.join(' x ')}`,
      kernel.name,
    );
  }
  return null;
}

function rangeDifference(a: RecordedCommand, b: RecordedCommand, at: string): CaptureFallback | null {
  const changed = b.ranges.findIndex((range, index) => {
    const before = a.ranges[index];
    return (
      before?.memory !== range.memory ||
      before.byteOffset !== range.byteOffset ||
      before.byteLength !== range.byteLength
    );
  });
  if (changed < 0 && a.ranges.length === b.ranges.length) return null;
  const shown = (memory: MemoryName | undefined): string =>
    typeof memory === 'object' ? `${(memory satisfies Storage).label} from outside` : 'a tensor made inside';
  return fallback(
    'TENSOR',
    `the same tensors in both calls, got ${describe(b)} ${at} on ${shown(a.ranges[changed]?.memory)}, then on another: ${shown(b.ranges[changed]?.memory)}`,
    nameOf(b),
  );
}

function uploadDifference(
  before: Upload,
  after: Upload,
  commands: readonly RecordedCommand[],
): CaptureFallback | null {
  const otherByte = firstOtherByte(before.bytes, after.bytes);
  if (before.memory === after.memory && otherByte < 0) return null;
  const reader = commands.find(
    ({ command, ranges }) =>
      command.kind === 'launch' && ranges.some(({ memory }) => memory === before.memory),
  );
  const kernel = reader ? nameOf(reader) : null;
  const forKernel = kernel ? ` for kernel ${kernel}` : '';
  return fallback(
    'UPLOAD',
    `the same host values in both calls, got others from byte ${Math.max(0, otherByte - (otherByte % 4))} on of ${before.label}${forKernel}`,
    kernel,
  );
}

function firstOtherByte(a: Uint8Array, b: Uint8Array): number {
  const count = Math.max(a.length, b.length);
  for (let index = 0; index < count; index++) if (a[index] !== b[index]) return index;
  return -1;
}

function nameOf({ command }: RecordedCommand): string | null {
  return command.kind === 'launch' ? command.pipeline.kernel.name : null;
}

function describe(recorded: RecordedCommand): string {
  const name = nameOf(recorded);
  return name === null ? `a ${recorded.command.kind}` : `kernel ${name}`;
}
