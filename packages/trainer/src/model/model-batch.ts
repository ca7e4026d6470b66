import { batchGraphs, type CgcnnInput, type GaussianBasis, uploadGraphs } from '@bravais/graph-nn';
import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import type { PreparedMaterial } from '../data/prepare';
import { type Standardizer, standardize } from '../data/standardizer';

/** Materials of one step on the device, and which of them have each modality. */
export interface ModelBatch {
  readonly structure: CgcnnInput;
  /** `[B, bins]`; zeros where absent. */
  readonly phononDos: Tensor;
  readonly presence: { readonly structure: Uint8Array; readonly phononDos: Uint8Array };
}

/** Uploads materials; the tensors belong to the caller's scope. */
export function uploadBatch(
  device: Device,
  materials: readonly PreparedMaterial[],
  basis: GaussianBasis,
  descriptors: Standardizer | null,
  bins: number,
): ModelBatch {
  const spectra = new Float32Array(materials.length * bins);
  materials.forEach(({ phononDos }, row) => {
    if (phononDos) spectra.set(phononDos, row * bins);
  });
  const rows = materials.map((material) => material.descriptors);
  return {
    structure: {
      graph: uploadGraphs(device, batchGraphs(materials.map(({ graph }) => graph))),
      basis,
      ...(descriptors
        ? {
            descriptors: tensor(device, standardize(descriptors, rows), [
              materials.length,
              descriptors.mean.length,
            ]),
          }
        : {}),
    },
    phononDos: tensor(device, spectra, [materials.length, bins]),
    presence: {
      structure: new Uint8Array(materials.length).fill(1),
      phononDos: Uint8Array.from(materials, ({ phononDos }) => (phononDos ? 1 : 0)),
    },
  };
}
