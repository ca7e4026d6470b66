import { createHash } from 'node:crypto';
import type { CrystalRecord, Split } from '../material-record';
import { recipeText } from '../text/synthesis-recipe';
import { findMpStructures } from './jarvis-phdos';
import { readSynthesisRecipes } from './synthesis-recipes';

/**
 * Recipes as materials: the crystal that was made, with `recipeText` as its view `description`, from `<root>/synthesis-recipes` and
 * `<root>/mp-crystals`: 4,212 / 561 / 428 for train / val / test.
 *
 * Taken are the recipes whose target is a known crystal and has a reduced formula. One crystal has many recipes; the split keeps a formula
 * whole: md5(reduced formula) mod 10 is 0 … 7 for train, 8 for val, 9 for test.
 *
 * @param root folder that holds `synthesis-recipes/` and `mp-crystals/`
 * @throws DataError, StructureError
 * @example
 * ```ts no-run
 * const [first] = await readSynthesisMaterials('../shared/data');
 * first!.views.description; // 'Ba2HoTaO6 is made in the solid state from …'
 * ```
 */
export async function readSynthesisMaterials(root: string): Promise<CrystalRecord[]> {
  const recipes = await readSynthesisRecipes(root);
  const targets = recipes.flatMap(({ targetMpId }) => (targetMpId === undefined ? [] : [targetMpId]));
  const structures = await findMpStructures(root, new Set(targets));
  return recipes.flatMap((recipe): CrystalRecord[] => {
    const { id, targetReduced: formula, targetMpId } = recipe;
    const structure = targetMpId === undefined ? undefined : structures.get(targetMpId);
    if (formula === undefined || structure === undefined) return [];
    const views = { description: recipeText(recipe) };
    return [{ id, formula, structure, split: splitOf(formula), views, scalars: {} }];
  });
}

function splitOf(formula: string): Split {
  const digest = BigInt(`0x${createHash('md5').update(formula).digest('hex')}`);
  const tenth = Number(digest % 10n);
  return tenth < 8 ? 'train' : tenth === 8 ? 'val' : 'test';
}
