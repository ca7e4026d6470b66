import { type Device, matmul } from '@bravais/tensor-core';
import { inputs } from '../workloads/inputs';
import type { WorkloadRun } from '../workloads/time-workloads';
import { firstValue, upload } from './on-device';

/** C = A B. */
export function squareProduct(device: Device, work: 'matmul512' | 'matmul1024'): WorkloadRun {
  const { a, b } = inputs[work]();
  const [left, right] = [upload(device, a), upload(device, b)];
  return () => firstValue(matmul(left, right));
}
