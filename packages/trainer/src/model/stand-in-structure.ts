import { createStructure } from '@bravais/datasets';
import { type PreparationConfig, type PreparedStructure, prepareStructure } from './prepare';

/** Å: edge of the cell; atoms touch, so that there are neighbours within any sensible cutoff. */
const EDGE_ANGSTROM = 3;

/**
 * A simple cubic crystal of one atom, in the place of a structure that is not known. It keeps the rows of a batch together and costs next
 * to nothing; presence masks keep its embedding out of losses, scores and gradients.
 */
export function standInStructure(config: PreparationConfig): PreparedStructure {
  const edge = Math.min(EDGE_ANGSTROM, config.graph.cutoffAngstrom / 2);
  const structure = createStructure({
    latticeAngstrom: [edge, 0, 0, 0, edge, 0, 0, 0, edge],
    fracCoords: [0, 0, 0],
    atomicNumbers: ['Po'],
  });
  return prepareStructure(structure, config);
}
