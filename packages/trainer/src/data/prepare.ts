import type { MaterialRecord, Split } from '@bravais/datasets';
import {
  type CrystalGraph,
  compositionStatistics,
  crystalDescriptors,
  crystalGraph,
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
  /** Composition and geometry in numbers that a supercell shares; not standardised. */
  readonly descriptors: Float32Array;
  /** Density of states on the phonon grid, maximum 1; absent where the material has none. */
  readonly phononDos?: Float32Array;
}

const properties = elementPropertyTable();

/**
 * Builds the graph and the descriptors of every record, in the given order.
 *
 * Descriptors: element fractions (118), statistics of element properties (24), then the geometry of
 * `crystalDescriptors`.
 */
export function prepareMaterials(
  records: readonly MaterialRecord[],
  graphConfig: GraphConfig,
): PreparedMaterial[] {
  return records.map(({ id, formula, split, structure, spectra }) => {
    const graph = crystalGraph(structure, graphConfig);
    const parts = [
      elementFractions(structure.atomicNumbers),
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
