import { clip } from '@bravais/losses';
import { abs, add, type Device, mul, sum, valueAndGrad } from '@bravais/tensor-core';
import { CONSTANTS } from '../workloads/inputs';
import type { PairInputs } from '../workloads/sized-inputs';
import type { WorkloadRun } from '../workloads/time-workloads';
import { capturedRun, upload } from './on-device';

/** The gradient of a loss in the hundreds is small beside it; so much makes a wrong one visible in the check. */
const GRADIENT_WEIGHT = 1000;

/** Symmetric InfoNCE with both gradients; loss + 1000 Σ|dA|. */
export function contrast(device: Device, rows: PairInputs): WorkloadRun {
  const embeddings = { a: upload(device, rows.a), b: upload(device, rows.b) };
  const temperature = 1 / CONSTANTS.clipScale;
  return capturedRun(device, () => {
    const { value, grads } = valueAndGrad(embeddings, (tree) => clip(tree, { temperature }).total);
    return add(value, mul(sum(abs(grads.a)), GRADIENT_WEIGHT));
  });
}
