import { join } from 'node:path';
import { DataError } from '../data-error';
import type { SynthesisRecipe, SynthesisStep, ValueRange } from '../text/synthesis-recipe';
import { type JsonLine, readJsonLines } from './json-lines';
import { indexField, optionalStringField, stringField, stringsField, wordField } from './record-fields';

/** Which part of the recipes to read. */
export interface SynthesisRecipesOptions {
  /** Both kinds by default. */
  readonly kind?: SynthesisRecipe['kind'];
  /** Read only the first so many. */
  readonly limit?: number;
}

/**
 * Inorganic syntheses mined from papers: 30,031 solid-state and 9,518 sol-gel recipes, from `<root>/synthesis-recipes` (Kononova et al., Sci. Data
 * 6, 203 (2019)).
 *
 * @param root folder that holds `synthesis-recipes/`
 * @throws DataError
 */
export async function readSynthesisRecipes(
  root: string,
  options: SynthesisRecipesOptions = {},
): Promise<SynthesisRecipe[]> {
  return recipesIn(join(root, 'synthesis-recipes', 'recipes.jsonl.gz'), options);
}

/**
 * The 200 recipes of the bundle, one a material, each with the Materials Project id of its target, from `<root>/bundle`.
 *
 * @param root folder that holds `bundle/`
 * @throws DataError
 */
export async function readBundleRecipes(root: string): Promise<SynthesisRecipe[]> {
  return recipesIn(join(root, 'bundle', 'recipes.jsonl.gz'), {});
}

async function recipesIn(
  path: string,
  { kind, limit = Number.POSITIVE_INFINITY }: SynthesisRecipesOptions,
): Promise<SynthesisRecipe[]> {
  const found: SynthesisRecipe[] = [];
  for await (const line of readJsonLines(path)) {
    if (found.length >= limit) break;
    const recipe = recipeOf(line);
    if (kind === undefined || recipe.kind === kind) found.push(recipe);
  }
  return found;
}

function recipeOf(line: JsonLine): SynthesisRecipe {
  const kind = wordField(line, 'kind', ['solid-state', 'sol-gel']);
  const [targetReduced, targetMpId] = ['target_reduced', 'target_mp_id'].map((key) =>
    optionalStringField(line, key),
  );
  const steps = line.value.ops;
  if (!Array.isArray(steps)) {
    throw new DataError(
      'DATA_INVALID',
      line.where,
      `"ops" must be a list, got ${typeof steps}. Check the file.`,
    );
  }
  return {
    id: `${kind}-${indexField(line, 'n')}`,
    kind,
    doi: stringField(line, 'doi'),
    target: stringField(line, 'target'),
    ...(targetReduced === undefined ? {} : { targetReduced }),
    ...(targetMpId === undefined ? {} : { targetMpId }),
    precursors: stringsField(line, 'precursors'),
    reaction: stringField(line, 'reaction'),
    steps: steps.map((step) => stepOf({ value: step as JsonLine['value'], where: `${line.where} in "ops"` })),
  };
}

function stepOf(line: JsonLine): SynthesisStep {
  const words = (key: string): string[] => (line.value[key] === undefined ? [] : stringsField(line, key));
  return {
    type: stringField(line, 'type'),
    word: stringField(line, 'token'),
    temperatures: ranges(line, 'T'),
    times: ranges(line, 't'),
    atmospheres: words('atm'),
    media: words('media'),
    devices: words('device'),
  };
}

/** A list of [least or null, most, unit]. */
function ranges(line: JsonLine, key: string): ValueRange[] {
  const value = line.value[key] ?? [];
  const isRange = (entry: unknown): entry is [number | null, number, string] =>
    Array.isArray(entry) &&
    entry.length === 3 &&
    (entry[0] === null || Number.isFinite(entry[0])) &&
    Number.isFinite(entry[1]) &&
    typeof entry[2] === 'string';
  if (Array.isArray(value) && value.every(isRange)) {
    return value.map(([least, most, unit]) => ({ least: least ?? most, most, unit }));
  }
  throw new DataError(
    'DATA_INVALID',
    line.where,
    `"${key}" must be a list of [least or null, most, unit], got ${JSON.stringify(value).slice(0, 60)}. Check that the file has the documented columns.`,
  );
}
