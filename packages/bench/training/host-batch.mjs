import { hostStructures } from '@bravais/trainer';

/**
 * Crystals of a set as a model takes them, still on the host: one batch, padded to its bucket.
 *
 * @param {{ layout: import('@bravais/trainer').StructureLayout }} model
 * @param {{ graphs: object[], potentials?: object[] }} data potentials where the model sees infinite edges
 * @param {Iterable<number>} rows of the set
 */
export function hostBatch({ layout }, { graphs, potentials }, rows) {
  const structures = Array.from(rows, (row) => ({
    graph: graphs[row],
    ...(potentials ? { potentials: potentials[row] } : {}),
  }));
  return hostStructures(structures, layout);
}
