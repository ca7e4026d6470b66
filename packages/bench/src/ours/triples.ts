import { barlowTwins3d, trilinearCrossEntropy } from '@bravais/losses';
import type { Device, Tensor } from '@bravais/tensor-core';
import { CONSTANTS } from '../workloads/inputs';
import type { TripleInputs } from '../workloads/sized-inputs';
import type { WorkloadRun } from '../workloads/time-workloads';
import { capturedRun, upload } from './on-device';

/** Mean over the three axes of logsumexp(S[a, :, :]) - S[a, a, a], S[a, b, c] = scale Σ_d x[a, d] y[b, d] z[c, d]. */
export function tensorClipLoss(device: Device, triples: TripleInputs): WorkloadRun {
  const [x, y, z] = uploadTriples(device, triples);
  const scale = CONSTANTS.tensorClipScale;
  return capturedRun(device, () => trilinearCrossEntropy(x, y, z, { scale }));
}

/** Σ_j (1 - C[j, j, j])² + λ (Σ C² - Σ_j C[j, j, j]²), C[j, k, l] the mean over the batch of standardised u_j v_k w_l. */
export function barlowTwinsLoss(device: Device, triples: TripleInputs): WorkloadRun {
  const [x, y, z] = uploadTriples(device, triples);
  const lambda = CONSTANTS.barlowWeight;
  return capturedRun(device, () => barlowTwins3d({ x, y, z }, { lambda }).total);
}

function uploadTriples(device: Device, { x, y, z }: TripleInputs): [Tensor, Tensor, Tensor] {
  return [upload(device, x), upload(device, y), upload(device, z)];
}
