import type { Structure } from '@bravais/datasets';
import { compositionStatistics, elementFractionLength, elementFractions } from '@bravais/graph-nn';
import { elementPropertyTable } from '../../data';

/** Leading numbers of {@link compositionRow}: shares of the elements. */
export const FRACTION_COLUMNS: number = elementFractionLength;

const properties = elementPropertyTable();

/** What a crystal is made of: shares of the elements (118), then statistics of their properties (24). */
export function compositionRow({ atomicNumbers, occupations }: Structure): Float64Array {
  return Float64Array.from([
    ...elementFractions(atomicNumbers, occupations),
    ...compositionStatistics(atomicNumbers, properties, occupations),
  ]);
}
