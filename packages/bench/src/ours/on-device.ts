import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { type CaptureOptions, capture } from '@bravais/tensor-core/capture';
import type { HostTensor } from '../workloads/host-tensor';
import type { WorkloadRun } from '../workloads/time-workloads';

/** A workload's input on the device. */
export function upload(device: Device, { values, shape }: HostTensor<Float32Array | Int32Array>): Tensor {
  return tensor(device, values, shape);
}

/** Waits for the first element of a tensor and lets go of the tensor. */
export async function firstValue(result: Tensor): Promise<number> {
  const { storage, byteOffset } = result.binding;
  const [bytes] = await result.device.read([{ storage, byteOffset, bytes: 4 }]);
  result.dispose();
  return new Float32Array(bytes!)[0]!;
}

/** A workload that cannot be recorded fails: its time would be that of something else. */
export const mustRecord: CaptureOptions = {
  onFallback: ({ message }) => {
    throw new Error(message);
  },
};

/** Records the launches of `work` in the first two runs and issues them again in the others, as a training loop does. */
export function capturedRun(device: Device, work: () => Tensor): WorkloadRun {
  const step = capture(device, () => ({ check: work() }), mustRecord);
  return () => firstValue(step({}).check);
}
