import { encodeSafetensors, type StoredTensor } from '@bravais/datasets';
import { type CrystalGraph, GraphError } from '@bravais/graph-nn';
import type { GraphOrError } from './graph-or-error';

/**
 * Name of the layout below and of the graphs in it. Raise its number where either changes, `crystalGraph` with equal options
 * included: older files are then passed over.
 */
export const GRAPH_FORMAT = 'bravais-graphs-2';

/**
 * Graphs of n crystals as a safetensors file; S sites, E edges, M species of disordered crystals in all.
 *
 * `sites` [n] of each crystal, 0 where it has no graph · `disordered` [n] 0 or 1 · `volumeAngstrom3` [n] · `atomicNumbers` [S] ·
 * `edges` [S] into each site · `edgeSource` [E] counted within the crystal · `edgeDistance` [E] Å · `species` of each site of a
 * disordered crystal · `speciesNumbers` [M] · `occupancies` [M] · `featuresPerSite` [n], 0 where there are none · `siteFeatures`. Errors are `[place, code, message]` in the metadata.
 *
 * float64 is stored as the int64 of the same bits: the format's float64 is none of the number formats of a checkpoint.
 */
export function encodeGraphs(graphs: readonly GraphOrError[]): Uint8Array<ArrayBuffer> {
  const made = graphs.filter((graph): graph is CrystalGraph => !(graph instanceof GraphError));
  const disordered = made.flatMap(({ occupations }) => occupations ?? []);
  const errors = graphs.flatMap((graph, place) =>
    graph instanceof GraphError ? [[place, graph.code, graph.message]] : [],
  );
  const perCrystal = (value: (graph: CrystalGraph) => number): number[] =>
    graphs.map((graph) => (graph instanceof GraphError ? 0 : value(graph)));
  const columns: Record<string, StoredTensor> = {
    sites: integers([perCrystal(({ atomicNumbers }) => atomicNumbers.length)]),
    disordered: integers([perCrystal(({ occupations }) => (occupations ? 1 : 0))]),
    volumeAngstrom3: doubles([perCrystal(({ volumeAngstrom3 }) => volumeAngstrom3)]),
    atomicNumbers: integers(made.map(({ atomicNumbers }) => atomicNumbers)),
    edges: integers(made.map(({ targetOffsets }) => lengthsOf(targetOffsets))),
    edgeSource: integers(made.map(({ edgeSource }) => edgeSource)),
    edgeDistance: floats(made.map(({ edgeDistance }) => edgeDistance)),
    species: integers(disordered.map(({ offsets }) => lengthsOf(offsets))),
    speciesNumbers: integers(disordered.map(({ atomicNumbers }) => atomicNumbers)),
    occupancies: doubles(disordered.map(({ occupancies }) => occupancies)),
    featuresPerSite: integers([perCrystal(featuresPerSite)]),
    siteFeatures: floats(made.flatMap(({ siteFeatures }) => siteFeatures ?? [])),
  };
  const metadata = { format: GRAPH_FORMAT, errors: JSON.stringify(errors) };
  return encodeSafetensors(new Map(Object.entries(columns)), metadata);
}

function featuresPerSite({ siteFeatures, atomicNumbers }: CrystalGraph): number {
  return siteFeatures ? siteFeatures.length / atomicNumbers.length : 0;
}

function lengthsOf(offsets: Int32Array): Int32Array {
  return offsets.subarray(1).map((end, row) => end - offsets[row]!);
}

function integers(parts: readonly ArrayLike<number>[]): StoredTensor {
  const data = new Int32Array(lengthOf(parts));
  fill(data, parts);
  return { dtype: 'I32', shape: [data.length], data };
}

function floats(parts: readonly ArrayLike<number>[]): StoredTensor {
  const data = new Float32Array(lengthOf(parts));
  fill(data, parts);
  return { dtype: 'F32', shape: [data.length], data };
}

function doubles(parts: readonly ArrayLike<number>[]): StoredTensor {
  const data = new Float64Array(lengthOf(parts));
  fill(data, parts);
  return { dtype: 'I64', shape: [data.length], data: new BigInt64Array(data.buffer) };
}

function lengthOf(parts: readonly ArrayLike<number>[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function fill(
  data: { set(values: ArrayLike<number>, at: number): void },
  parts: readonly ArrayLike<number>[],
): void {
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
}
