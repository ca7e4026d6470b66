import type { MaterialRecord, Structure } from '@bravais/datasets';
import { type CrystalGraph, GraphError } from '@bravais/graph-nn';
import {
  graphOptions,
  type PreparationConfig,
  type PreparedMaterial,
  type PreparedStructure,
  prepareMaterials,
  prepareStructure,
} from '../../model';
import { type PrepareGraphsOptions, prepareGraphs } from './prepare-graphs';

/**
 * `prepareStructure` of every structure with the graphs of {@link prepareGraphs}, in the order given; what is wrong with a structure
 * stands in its place.
 */
export async function prepareStructures(
  structures: readonly Structure[],
  config: PreparationConfig,
  how: PrepareGraphsOptions = {},
): Promise<(PreparedStructure | GraphError)[]> {
  const graphs = await prepareGraphs(structures, graphOptions(config), how);
  return graphs.map((graph, place) =>
    graph instanceof GraphError
      ? graph
      : preparedOrError(() => prepareStructure(structures[place]!, config, graph)),
  );
}

/**
 * `prepareMaterials` with the graphs of {@link prepareGraphs}: the same materials, sooner.
 *
 * @throws {GraphError} that of the first record without a graph, with its id
 */
export async function prepareRecords(
  records: readonly MaterialRecord[],
  config: PreparationConfig,
  how: PrepareGraphsOptions = {},
): Promise<PreparedMaterial[]> {
  const crystals = config.model.structure
    ? records.flatMap(({ structure }, place) => (structure ? [{ structure, place }] : []))
    : [];
  const made = await prepareGraphs(
    crystals.map(({ structure }) => structure),
    graphOptions(config),
    how,
  );
  const graphs = new Array<CrystalGraph | undefined>(records.length);
  crystals.forEach(({ place }, index) => {
    const graph = made[index]!;
    if (graph instanceof GraphError) {
      throw new GraphError(graph.code, `${records[place]!.id}: ${graph.message}`);
    }
    graphs[place] = graph;
  });
  return prepareMaterials(records, config, graphs);
}

function preparedOrError(prepare: () => PreparedStructure): PreparedStructure | GraphError {
  try {
    return prepare();
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}
