import { reducedFormula } from '../structure/composition';
import { buildCrystal, type Crystal, tableRows } from './build-crystal';
import type { Prototype } from './prototype';
import { PROTOTYPES } from './prototype-list';

/** A crystal of the reference set before its spectrum is attached. */
export interface ReferenceCrystal extends Crystal {
  /** `ref-<prototype>-<formula>`. */
  readonly id: string;
  readonly formula: string;
  readonly prototype: Prototype;
}

/** Every row of every prototype, built; the order the simulated spectra are stored in. */
export function referenceCrystals(): ReferenceCrystal[] {
  return PROTOTYPES.flatMap((prototype) =>
    tableRows(prototype).map((row) => {
      const crystal = buildCrystal(prototype, row);
      const formula = reducedFormula(crystal.structure);
      return { ...crystal, id: `ref-${prototype.name}-${formula}`, formula, prototype };
    }),
  );
}
