import type { MaterialRecord, Split, Structure } from '@bravais/datasets';
import {
  type CrystalGraph,
  compositionStatistics,
  crystalDescriptors,
  crystalGraph,
  elementFractionLength,
  elementFractions,
} from '@bravais/graph-nn';
import type { GraphConfig } from '../config';
import { elementPropertyTable } from './element-properties';

/** A crystal structure in the form its encoder takes, still on the host. */
export interface PreparedStructure {
  readonly graph: CrystalGraph;
  /** Composition and geometry in numbers that a supercell shares; {@link fractionColumns} come first. */
  readonly descriptors: Float32Array;
}

/** A material in the form the encoders take, still on the host. */
export interface PreparedMaterial extends PreparedStructure {
  readonly id: string;
  readonly formula: string;
  readonly split: Split;
  /** Density of states on the phonon grid, maximum 1; absent where the material has none. */
  readonly phononDos?: Float32Array;
}

const properties = elementPropertyTable();

/** Leading descriptors that are element fractions: they are not standardised, which would blow up rare elements. */
export const fractionColumns: number = elementFractionLength;

/** Element fractions are counted in fifths, so that they are as large as the standardised descriptors. */
const FRACTION_UNIT = 0.2;

/**
 * Builds the graph and the descriptors of one structure.
 *
 * Descriptors: element fractions in fifths (118), statistics of element properties (24), then the geometry of
 * `crystalDescriptors`. Where sites are shared or partly vacant, species count by their occupancies.
 *
 * @throws {GraphError} where no graph can be made, such as ISOLATED_SITE
 */
export function prepareStructure(structure: Structure, graphConfig: GraphConfig): PreparedStructure {
  const { atomicNumbers, occupations } = structure;
  const graph = crystalGraph(structure, graphConfig);
  const parts = [
    elementFractions(atomicNumbers, occupations).map((fraction) => fraction / FRACTION_UNIT),
    compositionStatistics(atomicNumbers, properties, occupations),
    crystalDescriptors(graph),
  ];
  return { graph, descriptors: Float32Array.from(parts.flatMap((part) => [...part])) };
}

/** {@link prepareStructure} of every record, in the given order, with what else the encoders take. */
export function prepareMaterials(
  records: readonly MaterialRecord[],
  graphConfig: GraphConfig,
): PreparedMaterial[] {
  return records.map(({ id, formula, split, structure, spectra }) => ({
    id,
    formula,
    split,
    ...prepareStructure(structure, graphConfig),
    ...(spectra.phononDos ? { phononDos: spectra.phononDos } : {}),
  }));
}
