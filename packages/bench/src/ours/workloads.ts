import type { Device } from '@bravais/tensor-core';
import type { Preparations } from '../workloads/time-workloads';
import { contrast } from './contrast';
import { crystalConvolution } from './crystal-convolution';
import { mlpStep } from './mlp-step';
import { squareProduct } from './square-product';
import { barlowTwinsLoss, tensorClipLoss } from './triples';

/** The workloads on this library. */
export function ourWorkloads(device: Device): Preparations {
  return {
    matmul512: () => squareProduct(device, 'matmul512'),
    matmul1024: () => squareProduct(device, 'matmul1024'),
    mlp_step: () => mlpStep(device),
    clip_fwdbwd: () => contrast(device),
    cgcnn_fwdbwd: () => crystalConvolution(device),
    tensorclip_fwd: () => tensorClipLoss(device),
    barlow3_fwd: () => barlowTwinsLoss(device),
  };
}
