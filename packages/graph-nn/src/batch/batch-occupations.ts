import type { CrystalGraph } from './crystal-graph';

/** Species of the nodes of a batch in compressed rows, M species in all; N nodes. */
export interface NodeOccupations {
  /** N + 1; the species of node i are entries offsets[i] … offsets[i + 1] − 1. */
  readonly offsets: Int32Array;
  /** M. */
  readonly atomicNumbers: Int32Array;
  /** M shares in (0, 1]; 0 for padding. */
  readonly occupancies: Float32Array;
}

/** Joins the species of graphs, ordered ones at occupancy 1; nothing where all are ordered. */
export function batchOccupations(graphs: readonly CrystalGraph[]): NodeOccupations | null {
  if (graphs.every(({ occupations }) => occupations === undefined)) return null;
  const nodes = graphs.reduce((sum, graph) => sum + graph.atomicNumbers.length, 0);
  const speciesOf = ({ occupations, atomicNumbers }: CrystalGraph): Uint8Array =>
    occupations?.atomicNumbers ?? atomicNumbers;
  const species = graphs.reduce((sum, graph) => sum + speciesOf(graph).length, 0);
  const offsets = new Int32Array(nodes + 1);
  const atomicNumbers = new Int32Array(species);
  const occupancies = new Float32Array(species).fill(1);
  let [node, entry] = [0, 0];
  for (const graph of graphs) {
    const n = graph.atomicNumbers.length;
    for (let i = 0; i < n; i++) offsets[node + i + 1] = entry + (graph.occupations?.offsets[i + 1] ?? i + 1);
    atomicNumbers.set(speciesOf(graph), entry);
    if (graph.occupations) occupancies.set(graph.occupations.occupancies, entry);
    node += n;
    entry = offsets[node]!;
  }
  return { offsets, atomicNumbers, occupancies };
}

/**
 * The same species with a padding node each for `extraNodes`, of atomic number 0, and as many entries as `entries` asks for; the
 * last padding node takes those that are over.
 */
export function padOccupations(
  { offsets, atomicNumbers, occupancies }: NodeOccupations,
  extraNodes: number,
  entriesFor: (count: number) => number,
): NodeOccupations {
  const species = atomicNumbers.length;
  const entries = extraNodes === 0 ? species : entriesFor(species + extraNodes);
  const longer = new Int32Array(offsets.length + extraNodes);
  longer.set(offsets);
  for (let extra = 0; extra < extraNodes; extra++) longer[offsets.length + extra] = species + extra + 1;
  longer[longer.length - 1] = entries;
  const [z, shares] = [new Int32Array(entries), new Float32Array(entries)];
  z.set(atomicNumbers);
  shares.set(occupancies);
  return { offsets: longer, atomicNumbers: z, occupancies: shares };
}
