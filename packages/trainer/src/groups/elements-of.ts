import { ELEMENTS, type MaterialRecord } from '@bravais/datasets';

/** Symbols of the elements in a record, those on shared sites too; none without a structure. */
export function elementsOf({ structure }: Pick<MaterialRecord, 'structure'>): string[] {
  if (!structure) return [];
  const { atomicNumbers, occupations } = structure;
  const numbers = new Set(occupations?.atomicNumbers ?? atomicNumbers);
  return [...numbers].map((number) => ELEMENTS[number - 1]!.symbol);
}
