import type { BindGroupCache } from './bind-groups';
import type { Grid } from './grid';
import type { Pipeline } from './pipelines';
import type { PassTimer } from './profiler';

/** One recorded kernel launch. */
export interface Launch {
  readonly kind: 'launch';
  readonly pipeline: Pipeline;
  readonly group: GPUBindGroup;
  readonly params: ArrayBuffer | null;
  /** The params as a bind group of their own, where they are kept beyond one batch; else looked up. */
  readonly paramsGroup: GPUBindGroup | null;
  readonly grid: Grid;
  /** Bytes the launch can read and write, and its floating-point operations where known. */
  readonly bytes: number;
  readonly flops: number;
  /** Path of the layer it belongs to, `structure/conv1`; empty outside of layers. */
  readonly layer: string;
}

/** A recorded copy between launches. */
export interface Copy {
  readonly kind: 'copy';
  readonly from: GPUBuffer;
  readonly fromOffset: number;
  readonly to: GPUBuffer;
  readonly toOffset: number;
  readonly bytes: number;
}

/** A recorded zeroing of memory between launches. */
export interface Clear {
  readonly kind: 'clear';
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly bytes: number;
}

export type Command = Launch | Copy | Clear;

/** Encodes commands in order, consecutive launches in one pass, or each launch in a pass of its own to time it. */
export function encodeCommands(
  encoder: GPUCommandEncoder,
  commands: readonly Command[],
  groups: BindGroupCache,
  immediates: boolean,
  timer: PassTimer | null,
): void {
  let pass: GPUComputePassEncoder | null = null;
  for (const command of commands) {
    if (command.kind !== 'launch') {
      pass?.end();
      pass = null;
      encodeTransfer(encoder, command);
      continue;
    }
    const { pipeline, group, params, paramsGroup, grid } = command;
    if (timer) {
      pass?.end();
      pass = encoder.beginComputePass({
        label: pipeline.kernel.name,
        timestampWrites: timer.begin(command),
      });
    } else {
      pass ??= encoder.beginComputePass();
    }
    pass.setPipeline(pipeline.gpuPipeline);
    pass.setBindGroup(0, group);
    if (params) {
      if (immediates) pass.setImmediates(0, params);
      else pass.setBindGroup(1, paramsGroup ?? groups.params(pipeline, params));
    }
    pass.dispatchWorkgroups(grid[0], grid[1], grid[2]);
  }
  pass?.end();
}

function encodeTransfer(encoder: GPUCommandEncoder, transfer: Copy | Clear): void {
  if (transfer.kind === 'clear') {
    encoder.clearBuffer(transfer.buffer, transfer.offset, transfer.bytes);
  } else {
    const { from, fromOffset, to, toOffset, bytes } = transfer;
    encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
  }
}
