import { type Device, matmul } from '@bravais/tensor-core';
import type { PairInputs } from '../workloads/sized-inputs';
import type { WorkloadRun } from '../workloads/time-workloads';
import { firstValue, upload } from './on-device';

/** C = A B. */
export function product(device: Device, { a, b }: PairInputs): WorkloadRun {
  const [left, right] = [upload(device, a), upload(device, b)];
  return () => firstValue(matmul(left, right));
}
