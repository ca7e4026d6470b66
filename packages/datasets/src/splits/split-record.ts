import { reducedFormula } from '../structure/composition';
import type { Structure } from '../structure/structure';

/** What a split needs to know of a record; every `MaterialRecord` has it. */
export interface SplitRecord {
  /** Unique in the data set. */
  readonly id: string;
  /** As the source writes it; counts where there is no structure. */
  readonly formula: string;
  readonly structure?: Structure | undefined;
}

/** Reduced formula of the structure, else the formula as it is written. */
export function formulaOf({ structure, formula }: SplitRecord): string {
  return structure === undefined ? formula : reducedFormula(structure);
}
