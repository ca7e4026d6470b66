import type { ViewName } from '@bravais/datasets';
import {
  batchGraphs,
  bucketOf,
  type GatedSites,
  type GraphArrays,
  GraphError,
  graphArrays,
  type PotentialEdges,
  type PotentialGraphArrays,
  padBatch,
  potentialGraphArrays,
  uploadGraphArrays,
  uploadPotentialGraph,
} from '@bravais/graph-nn';
import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { type Standardizer, standardize } from '../data';
import type { PreparedMaterial, PreparedStructure } from './prepare';
import type { HostTensor, HostViewArrays, ViewArrays } from './view-encoders/view-encoder-kind';

/** Floats with their extents, as a captured step takes them. */
interface HostMatrix {
  readonly shape: readonly [rows: number, columns: number];
  readonly values: Float32Array;
}

/** What an encoder of neighbours sees of a batch of B structures, as arrays of one kind. */
interface LocalArrays<Integers, Floats, Matrix> {
  readonly graph: GraphArrays<Integers, Floats>;
  /** `[B, descriptors]`, standardised; absent where the structure encoder takes none. */
  readonly descriptors?: Matrix;
}

/** What an encoder of neighbours and whole sublattices sees of them. */
interface InfiniteArrays<Integers, Floats> {
  readonly potentialGraph: PotentialGraphArrays<Integers, Floats>;
}

/** What the structure encoder sees of a batch of structures, as arrays of one kind. */
type StructureArrays<Integers, Floats, Matrix> =
  | LocalArrays<Integers, Floats, Matrix>
  | InfiniteArrays<Integers, Floats>;

/** Structures on the device, with edges from neighbours. */
export type LocalBatch = LocalArrays<Tensor, Tensor, Tensor> & { readonly graph: GatedSites };

/** Structures on the device, with edges from neighbours and from whole sublattices. */
export type InfiniteBatch = InfiniteArrays<Tensor, Tensor> & { readonly potentialGraph: GatedSites };

/** Structures on the device. */
export type StructureBatch = LocalBatch | InfiniteBatch;

/** Structures on the host. */
export type HostStructureBatch = StructureArrays<Int32Array, Float32Array, HostMatrix>;

/** What {@link hostStructures} must know of the encoder. */
export interface StructureLayout {
  readonly edges: 'none' | 'local' | 'infinite';
  /** `null` where the encoder takes no descriptors. */
  readonly descriptors: Standardizer | null;
}

/** What the encoders see of a batch of B materials. */
interface BatchArrays<Structures, View> {
  /** Absent where the model takes no structures. */
  readonly structure?: Structures;
  /** Of each view that the model aligns what its encoder asked for. */
  readonly views: Readonly<Partial<Record<ViewName, View>>>;
}

/** A batch on the device. */
export type ModelBatch = BatchArrays<StructureBatch, ViewArrays>;

/** A batch on the host: inputs of a captured step. */
export type HostBatch = BatchArrays<HostStructureBatch, HostViewArrays>;

/** Which rows of a batch have each modality, 1 where present; one that is left out is in every row. */
export type BatchPresence = Readonly<Record<string, Uint8Array>>;

/**
 * Lays the arrays of structures out for their encoder, graphs padded to their bucket.
 *
 * @throws {GraphError} INVALID_OPTION where infinite edges are asked for and a structure was prepared without
 */
export function hostStructures(
  structures: readonly PreparedStructure[],
  { edges, descriptors }: StructureLayout,
): HostStructureBatch {
  const graphs = batchGraphs(structures.map(({ graph }) => graph));
  const padded = padBatch(graphs, bucketOf(graphs));
  if (edges === 'infinite') {
    return { potentialGraph: potentialGraphArrays(padded, structures.map(potentialsOf)) };
  }
  const graph = graphArrays(padded);
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

function potentialsOf({ potentials }: PreparedStructure, row: number): PotentialEdges {
  if (potentials) return potentials;
  throw new GraphError(
    'INVALID_OPTION',
    `hostStructures: expected structures prepared with infinite edges, got structure ${row} without. Prepare structures with the config of the model that embeds them.`,
  );
}

/** Sends structures to the device; the tensors belong to the caller's scope. */
export function uploadStructures(device: Device, structures: HostStructureBatch): StructureBatch {
  if ('potentialGraph' in structures) {
    return { potentialGraph: uploadPotentialGraph(device, structures.potentialGraph) };
  }
  const { graph, descriptors } = structures;
  return {
    graph: uploadGraphArrays(device, graph),
    ...(descriptors ? { descriptors: tensor(device, descriptors.values, descriptors.shape) } : {}),
  };
}

/** Sends a batch to the device; the tensors belong to the caller's scope. */
export function uploadBatch(device: Device, { structure, views }: HostBatch): ModelBatch {
  return {
    ...(structure ? { structure: uploadStructures(device, structure) } : {}),
    views: mapValues(views, (arrays) =>
      mapValues(arrays, ({ values, shape }: HostTensor) => tensor(device, values, shape)),
    ),
  };
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** Presence masks of materials for these modalities: `structure`, and views by name. */
export function presenceOf(
  materials: readonly PreparedMaterial[],
  modalities: readonly string[],
): BatchPresence {
  const has = ({ structure, views }: PreparedMaterial, name: string): boolean =>
    (name === 'structure' ? structure : views[name as ViewName]) !== undefined;
  return Object.fromEntries(
    modalities.map((name) => [name, Uint8Array.from(materials, (material) => (has(material, name) ? 1 : 0))]),
  );
}

/** Whether every row has every modality. */
export function isComplete(presence: BatchPresence): boolean {
  return Object.values(presence).every((mask) => mask.every((present) => present === 1));
}
