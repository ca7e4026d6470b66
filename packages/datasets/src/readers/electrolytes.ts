import type { CrystalRecord } from '../material-record';
import { splitOfFormula } from '../reference/split-of-formula';
import { compositionStructure } from '../structure/composition-structure';
import { type ConductivityRecord, readObelix } from './obelix';

/** Which electrolytes to read. */
export interface ElectrolyteOptions {
  /** All 599, by their measured composition alone and with the authors' test split. Default false: those with a structure. */
  readonly all?: boolean;
}

/**
 * The lithium electrolytes of OBELiX, as material records, from `<root>/obelix`.
 *
 * Scalars: `conductivitySPerCm`, σ at room temperature, and `conductivityBound`: -1 where σ is smaller than that, 1 where it is larger, 0
 * where it is the value. The authors give no structures for their test split, so those with one are all of their training split; they are divided
 * anew by formula, 70/10/20, and their scores are not those of the authors' benchmark. With `all` the authors' test split stays whole, a tenth of
 * their training split by formula is for validation, and each structure is {@link compositionStructure} of the measured composition.
 *
 * @param root folder that holds `obelix/`
 * @throws DataError, StructureError
 */
export async function readElectrolytes(
  root: string,
  { all = false }: ElectrolyteOptions = {},
): Promise<CrystalRecord[]> {
  const records = await readObelix(root);
  if (all) return records.map(byComposition);
  return records.flatMap(({ id, formula, conductivity, structure }) =>
    structure
      ? [
          {
            id,
            formula,
            structure,
            split: splitOfFormula(formula),
            views: {},
            scalars: scalarsOf(conductivity),
          },
        ]
      : [],
  );
}

function byComposition({ id, formula, composition, split, conductivity }: ConductivityRecord): CrystalRecord {
  const isHeldOut = split === 'train' && splitOfFormula(formula) === 'val';
  return {
    id,
    formula,
    structure: compositionStructure(composition),
    split: isHeldOut ? 'val' : split,
    views: {},
    scalars: scalarsOf(conductivity),
  };
}

function scalarsOf({ log10SPerCm, bound }: ConductivityRecord['conductivity']): CrystalRecord['scalars'] {
  return { conductivitySPerCm: 10 ** log10SPerCm, conductivityBound: BOUNDS[bound] };
}

const BOUNDS = { below: -1, exact: 0, above: 1 } as const;
