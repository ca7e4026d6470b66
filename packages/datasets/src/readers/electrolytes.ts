import type { CrystalRecord } from '../material-record';
import { splitOfFormula } from '../reference/split-of-formula';
import { readObelix } from './obelix';

/**
 * The lithium electrolytes of OBELiX whose structure is public, as material records, from `<root>/obelix`.
 *
 * Scalars: `conductivitySPerCm`, σ at room temperature, and `conductivityBound`: -1 where σ is smaller than that, 1 where it is larger, 0
 * where it is the value. The authors give no structures for their test split, so these are all of their training split; they are divided
 * anew by formula, 70/10/20, and their scores are not those of the authors' benchmark.
 *
 * @param root folder that holds `obelix/`
 * @throws DataError, StructureError
 */
export async function readElectrolytes(root: string): Promise<CrystalRecord[]> {
  const records = await readObelix(root);
  return records.flatMap(({ id, formula, conductivity, structure }) =>
    structure
      ? [
          {
            id,
            formula,
            structure,
            split: splitOfFormula(formula),
            views: {},
            scalars: {
              conductivitySPerCm: 10 ** conductivity.log10SPerCm,
              conductivityBound: BOUNDS[conductivity.bound],
            },
          },
        ]
      : [],
  );
}

const BOUNDS = { below: -1, exact: 0, above: 1 } as const;
