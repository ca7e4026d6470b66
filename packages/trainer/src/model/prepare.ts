import type { MaterialRecord, MaterialViews, Split, Structure } from '@bravais/datasets';
import {
  type CrystalGraph,
  compositionStatistics,
  crystalDescriptors,
  crystalGraph,
  elementFractionLength,
  elementFractions,
  GraphError,
  type PotentialEdges,
  potentialEdges,
} from '@bravais/graph-nn';
import type { ExperimentConfig } from '../config';
import { elementPropertyTable } from '../data';
import { graphOptions } from './graph-options';
import { structureEncoderKind } from './structure-encoders';

/** A crystal structure in the form its encoder takes, still on the host. */
export interface PreparedStructure {
  readonly graph: CrystalGraph;
  /** Composition and geometry in numbers that a supercell shares; {@link fractionColumns} come first. */
  readonly descriptors: Float32Array;
  /** Infinite edges, where the structure encoder sees them. */
  readonly potentials?: PotentialEdges;
}

/** The sections of an experiment that say how a structure is prepared. */
export type PreparationConfig = Pick<ExperimentConfig, 'graph' | 'model'>;

/** A material in the form the encoders take, still on the host. */
export interface PreparedMaterial {
  readonly id: string;
  readonly formula: string;
  readonly split: Split;
  /** Absent where it is not known, or the model takes none. */
  readonly structure?: PreparedStructure;
  readonly views: MaterialViews;
  /** Properties by name, for targets; none where left out. */
  readonly scalars?: Readonly<Record<string, number>>;
}

const properties = elementPropertyTable();

/** Leading descriptors that are element fractions: they are not standardised, which would blow up rare elements. */
export const fractionColumns: number = elementFractionLength;

/** Leading descriptors that say what a crystal is made of and nothing of its geometry. */
export const compositionColumns: number =
  elementFractionLength + compositionStatistics([1], properties).length;

/** Element fractions are counted in fifths, so that they are as large as the standardised descriptors. */
const FRACTION_UNIT = 0.2;

/**
 * Builds the graph and the descriptors of one structure, and the infinite edges where the config's structure encoder sees them.
 *
 * Descriptors: element fractions in fifths (118), statistics of element properties (24), then the geometry of
 * `crystalDescriptors`, which an encoder without edges goes without. Where sites are shared or partly vacant, species count by their occupancies.
 *
 * @param graph of the structure, where it has been made before
 * @throws {GraphError} where no graph can be made, such as ISOLATED_SITE
 */
export function prepareStructure(
  structure: Structure,
  config: PreparationConfig,
  graph: CrystalGraph = crystalGraph(structure, graphOptions(config)),
): PreparedStructure {
  const { atomicNumbers, occupations } = structure;
  const encoder = config.model.structure;
  const edges = encoder ? structureEncoderKind(encoder).edges : 'local';
  const parts = [
    elementFractions(atomicNumbers, occupations).map((fraction) => fraction / FRACTION_UNIT),
    compositionStatistics(atomicNumbers, properties, occupations),
    ...(edges === 'none' ? [] : [crystalDescriptors(graph)]),
  ];
  return {
    graph,
    descriptors: Float32Array.from(parts.flatMap((part) => [...part])),
    ...(edges === 'infinite' ? { potentials: potentialEdges(structure) } : {}),
  };
}

/**
 * {@link prepareStructure} of every record with a structure, in the given order, with what else the encoders take. A config without a
 * structure encoder leaves structures out.
 *
 * @param graphs of the records, where they have been made before; `undefined` for a record without a structure
 * @throws {GraphError} as {@link prepareStructure}, the message beginning with the id of the material
 */
export function prepareMaterials(
  records: readonly MaterialRecord[],
  config: PreparationConfig,
  graphs?: readonly (CrystalGraph | undefined)[],
): PreparedMaterial[] {
  return records.map(({ id, formula, split, structure, views, scalars }, place) => ({
    id,
    formula,
    split,
    ...(structure && config.model.structure
      ? { structure: namingFailures(id, () => prepareStructure(structure, config, graphs?.[place])) }
      : {}),
    views,
    scalars,
  }));
}

function namingFailures<T>(id: string, prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    throw error instanceof GraphError ? new GraphError(error.code, `${id}: ${error.message}`) : error;
  }
}
