import { parseFormula } from '../chemistry/parse-formula';
import { toNumber } from '../chemistry/rational';
import { createStructure } from './create-structure';
import type { Structure } from './structure';

/** Å: any edge does; nothing that looks at the cell has something to say about it. */
const EDGE_ANGSTROM = 3;

/**
 * A composition in the form of a crystal: one site that holds every element in its share, in a cubic cell of 3 Å.
 *
 * For encoders that see shares of elements alone; its geometry means nothing.
 *
 * @throws {ChemistryError} where the formula cannot be read
 * @example
 * ```ts
 * compositionStructure('Li7La3Zr2O12');
 * ```
 */
export function compositionStructure(formula: string): Structure {
  const amounts = [...parseFormula(formula)].map(([element, amount]) => ({
    element,
    amount: toNumber(amount),
  }));
  const total = amounts.reduce((sum, { amount }) => sum + amount, 0);
  return createStructure({
    latticeAngstrom: [EDGE_ANGSTROM, 0, 0, 0, EDGE_ANGSTROM, 0, 0, 0, EDGE_ANGSTROM],
    fracCoords: [0, 0, 0],
    species: [amounts.map(({ element, amount }) => ({ element, occupancy: amount / total }))],
  });
}
