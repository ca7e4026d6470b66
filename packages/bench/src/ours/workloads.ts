import type { Device } from '@bravais/tensor-core';
import { inputs } from '../workloads/inputs';
import type { Preparations } from '../workloads/time-workloads';
import { contrast } from './contrast';
import { crystalConvolution } from './crystal-convolution';
import { mlpStep } from './mlp-step';
import { product } from './product';
import { barlowTwinsLoss, tensorClipLoss } from './triples';

/** The workloads on this library. */
export function ourWorkloads(device: Device): Preparations {
  return {
    matmul512: () => product(device, inputs.matmul512()),
    matmul1024: () => product(device, inputs.matmul1024()),
    mlp_step: () => mlpStep(device, inputs.mlp_step()),
    clip_fwdbwd: () => contrast(device, inputs.clip_fwdbwd()),
    cgcnn_fwdbwd: () => crystalConvolution(device, inputs.cgcnn_fwdbwd()),
    tensorclip_fwd: () => tensorClipLoss(device, inputs.tensorclip_fwd()),
    barlow3_fwd: () => barlowTwinsLoss(device, inputs.barlow3_fwd()),
  };
}
