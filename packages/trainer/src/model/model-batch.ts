import {
  batchGraphs,
  bucketOf,
  type GraphArrays,
  graphArrays,
  padBatch,
  uploadGraphArrays,
} from '@bravais/graph-nn';
import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import type { PreparedMaterial, PreparedStructure } from '../data/prepare';
import { type Standardizer, standardize } from '../data/standardizer';

/** Floats with their extents, as a captured step takes them. */
interface HostMatrix {
  readonly shape: readonly [rows: number, columns: number];
  readonly values: Float32Array;
}

/** What the structure encoder sees of a batch of B structures, as arrays of one kind. */
interface StructureArrays<Integers, Floats, Matrix> {
  readonly graph: GraphArrays<Integers, Floats>;
  /** `[B, descriptors]`, standardised; absent where the structure encoder takes none. */
  readonly descriptors?: Matrix;
}

/** What the encoders see of a batch of materials, as arrays of one kind; B materials. */
interface BatchArrays<Integers, Floats, Matrix> extends StructureArrays<Integers, Floats, Matrix> {
  /** `[B, bins]`; zeros where absent. */
  readonly phononDos: Matrix;
}

/** Structures on the device. */
export type StructureBatch = StructureArrays<Tensor, Tensor, Tensor>;

/** Structures on the host. */
export type HostStructureBatch = StructureArrays<Int32Array, Float32Array, HostMatrix>;

/** A batch on the device. */
export type ModelBatch = BatchArrays<Tensor, Tensor, Tensor>;

/** A batch on the host: inputs of a captured step. */
export type HostBatch = BatchArrays<Int32Array, Float32Array, HostMatrix>;

/** Which rows of a batch have each modality; 1 where present. */
export type BatchPresence = Readonly<Record<'structure' | 'phononDos', Uint8Array>>;

/** Lays the arrays of structures out for their encoder, graphs padded to their bucket. */
export function hostStructures(
  structures: readonly PreparedStructure[],
  descriptors: Standardizer | null,
): HostStructureBatch {
  const graphs = batchGraphs(structures.map(({ graph }) => graph));
  const graph = graphArrays(padBatch(graphs, bucketOf(graphs)));
  if (descriptors === null) return { graph };
  const rows = structures.map((structure) => structure.descriptors);
  return {
    graph,
    descriptors: {
      shape: [structures.length, descriptors.mean.length],
      values: standardize(descriptors, rows),
    },
  };
}

/** Lays the arrays of materials out for the encoders. */
export function hostBatch(
  materials: readonly PreparedMaterial[],
  descriptors: Standardizer | null,
  bins: number,
): HostBatch {
  const phononDos = new Float32Array(materials.length * bins);
  materials.forEach((material, row) => {
    if (material.phononDos) phononDos.set(material.phononDos, row * bins);
  });
  return {
    ...hostStructures(materials, descriptors),
    phononDos: { shape: [materials.length, bins], values: phononDos },
  };
}

/** Sends structures to the device; the tensors belong to the caller's scope. */
export function uploadStructures(device: Device, { graph, descriptors }: HostStructureBatch): StructureBatch {
  return {
    graph: uploadGraphArrays(device, graph),
    ...(descriptors ? { descriptors: tensor(device, descriptors.values, descriptors.shape) } : {}),
  };
}

/** Sends a batch to the device; the tensors belong to the caller's scope. */
export function uploadBatch(device: Device, { phononDos, ...structures }: HostBatch): ModelBatch {
  return {
    ...uploadStructures(device, structures),
    phononDos: tensor(device, phononDos.values, phononDos.shape),
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
