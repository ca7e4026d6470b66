import type { MaterialRecord, Split } from '@bravais/datasets';
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

/** A material in the form the encoders take, still on the host. */
export interface PreparedMaterial {
  readonly id: string;
  readonly formula: string;
  readonly split: Split;
  readonly graph: CrystalGraph;
  /** Composition and geometry in numbers that a supercell shares; {@link fractionColumns} come first. */
  readonly descriptors: Float32Array;
  /** Density of states on the phonon grid, maximum 1; absent where the material has none. */
  readonly phononDos?: Float32Array;
}

const properties = elementPropertyTable();

/** Leading descriptors that are element fractions: they are not standardised, which would blow up rare elements. */
export const fractionColumns: number = elementFractionLength;

/** Element fractions are counted in fifths, so that they are as large as the standardised descriptors. */
const FRACTION_UNIT = 0.2;

/**
 * Builds the graph and the descriptors of every record, in the given order.
 *
 * Descriptors: element fractions in fifths (118), statistics of element properties (24), then the geometry of
 * `crystalDescriptors`.
 */
export function prepareMaterials(
  records: readonly MaterialRecord[],
  graphConfig: GraphConfig,
): PreparedMaterial[] {
  return records.map(({ id, formula, split, structure, spectra }) => {
    const graph = crystalGraph(structure, graphConfig);
    const parts = [
      elementFractions(structure.atomicNumbers).map((fraction) => fraction / FRACTION_UNIT),
      compositionStatistics(structure.atomicNumbers, properties),
      crystalDescriptors(graph),
    ];
    const descriptors = Float32Array.from(parts.flatMap((part) => [...part]));
    return {
      id,
      formula,
      split,
      graph,
      descriptors,
      ...(spectra.phononDos ? { phononDos: spectra.phononDos } : {}),
    };
  });
}
