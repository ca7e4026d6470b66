import {
  batchGraphs,
  bucketOf,
  type GraphArrays,
  graphArrays,
  padBatch,
  uploadGraphArrays,
} from '@bravais/graph-nn';
import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import type { PreparedMaterial } from '../data/prepare';
import { type Standardizer, standardize } from '../data/standardizer';

/** Floats with their extents, as a captured step takes them. */
interface HostMatrix {
  readonly shape: readonly [rows: number, columns: number];
  readonly values: Float32Array;
}

/** What the encoders see of a batch of materials, as arrays of one kind; B materials. */
interface BatchArrays<Integers, Floats, Matrix> {
  readonly graph: GraphArrays<Integers, Floats>;
  /** `[B, descriptors]`, standardised; absent where the structure encoder takes none. */
  readonly descriptors?: Matrix;
  /** `[B, bins]`; zeros where absent. */
  readonly phononDos: Matrix;
}

/** A batch on the device. */
export type ModelBatch = BatchArrays<Tensor, Tensor, Tensor>;

/** A batch on the host: inputs of a captured step. */
export type HostBatch = BatchArrays<Int32Array, Float32Array, HostMatrix>;

/** Which rows of a batch have each modality; 1 where present. */
export type BatchPresence = Readonly<Record<'structure' | 'phononDos', Uint8Array>>;

/** Lays the arrays of materials out for the encoders, graphs padded to their bucket. */
export function hostBatch(
  materials: readonly PreparedMaterial[],
  descriptors: Standardizer | null,
  bins: number,
): HostBatch {
  const phononDos = new Float32Array(materials.length * bins);
  materials.forEach((material, row) => {
    if (material.phononDos) phononDos.set(material.phononDos, row * bins);
  });
  const graphs = batchGraphs(materials.map(({ graph }) => graph));
  return {
    graph: graphArrays(padBatch(graphs, bucketOf(graphs))),
    ...(descriptors
      ? {
          descriptors: {
            shape: [materials.length, descriptors.mean.length],
            values: standardize(
              descriptors,
              materials.map((material) => material.descriptors),
            ),
          },
        }
      : {}),
    phononDos: { shape: [materials.length, bins], values: phononDos },
  };
}

/** Sends a batch to the device; the tensors belong to the caller's scope. */
export function uploadBatch(device: Device, { graph, descriptors, phononDos }: HostBatch): ModelBatch {
  const matrix = ({ values, shape }: HostMatrix): Tensor => tensor(device, values, shape);
  return {
    graph: uploadGraphArrays(device, graph),
    ...(descriptors ? { descriptors: matrix(descriptors) } : {}),
    phononDos: matrix(phononDos),
  };
}

/** Presence masks of materials. */
export function presenceOf(materials: readonly PreparedMaterial[]): BatchPresence {
  return {
    structure: new Uint8Array(materials.length).fill(1),
    phononDos: Uint8Array.from(materials, ({ phononDos }) => (phononDos ? 1 : 0)),
  };
}

/** Whether every row has every modality. */
export function isComplete(presence: BatchPresence): boolean {
  return Object.values(presence).every((mask) => mask.every((present) => present === 1));
}
