import {
  type Crystal,
  type CrystalGraph,
  type CrystalGraphOptions,
  crystalGraph,
  GraphError,
} from '@bravais/graph-nn';

/** The graph of a crystal, or why it has none. */
export type GraphOrError = CrystalGraph | GraphError;

/** `crystalGraph`, with what is wrong with the crystal as the answer. */
export function graphOrError(crystal: Crystal, options: CrystalGraphOptions): GraphOrError {
  try {
    return crystalGraph(crystal, options);
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}
